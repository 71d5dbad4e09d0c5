using System.Text.Json;
using Betar.Agents.Mcp;
using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Mcp;

/// <summary>Against an MCP server on loopback that speaks over HTTP.</summary>
public sealed class McpHttpTests
{
    [Fact]
    public async Task A_tool_of_an_address_answers_and_gets_its_header()
    {
        await using var server = new LoopbackServer(AnswerAsync);
        IExecutor executor = Make(server, new TestSecrets(("env:TOKEN", "Bearer t")));

        ExecutionOutcome outcome = await executor.RunAsync("hello");
        await executor.DropAsync();
        Assert.Equal(("said hello", ""), (outcome.Text, outcome.Code));
        Assert.All(server.Requests, request => Assert.Equal("Bearer t", request.Header("Authorization")));
    }

    [Fact]
    public async Task An_address_that_answers_with_garbage_is_a_failure()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "garbage");
        IExecutor executor = Make(server, new TestSecrets(("env:TOKEN", "Bearer t")));

        Assert.Equal(ExecutionCodes.ToolFailed, (await executor.RunAsync("hello")).Code);
        await executor.DropAsync();
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end()
    {
        await using var server = new LoopbackServer(exchange => exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {ToolServer.MaxAnswerBytes + 1}\r\n\r\n"));
        IExecutor executor = Make(server, new TestSecrets(("env:TOKEN", "Bearer t")));

        Assert.Equal(ExecutionCodes.LimitReached, (await executor.RunAsync("hello")).Code);
        await executor.DropAsync();
    }

    [Fact]
    public async Task An_address_that_hangs_is_left_at_the_deadline()
    {
        var time = new ManualTime();
        await using var server = new LoopbackServer(async _ =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await new TaskCompletionSource().Task;
        });
        IExecutor executor = Make(server, new TestSecrets(("env:TOKEN", "Bearer t")), time);

        Assert.Equal(ExecutionCodes.TimedOut, (await executor.RunAsync("hello")).Code);
        await executor.DropAsync();
    }

    private static IExecutor Make(LoopbackServer server, TestSecrets secrets, TimeProvider? time = null) => Executors.Make(
        "mcp",
        $$"""{ "url": "{{server.Url}}", "tool": "say", "textArgument": "text", "headers": { "Authorization": "env:TOKEN" }, "allowPrivate": true }""",
        new ExecutorTools { Secrets = secrets, Time = time ?? TimeProvider.System });

    private static async Task AnswerAsync(HttpExchange exchange)
    {
        if (!exchange.Head.StartsWith("POST", StringComparison.Ordinal))
        {
            await exchange.AnswerAsync(405, "");
            return;
        }
        using JsonDocument message = JsonDocument.Parse(exchange.Text);
        if (!message.RootElement.TryGetProperty("id", out JsonElement id))
        {
            await exchange.AnswerAsync(202, "");
            return;
        }
        string result = message.RootElement.GetProperty("method").GetString() switch
        {
            "initialize" => """{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"t","version":"1"}}""",
            "tools/call" => $$"""{"content":[{"type":"text","text":"said {{message.RootElement.GetProperty("params").GetProperty("arguments").GetProperty("text").GetString()}}"}]}""",
            _ => "",
        };
        string answer = result.Length > 0 ? $"\"result\":{result}" : "\"error\":{\"code\":-32601,\"message\":\"unknown\"}";
        await exchange.AnswerAsync(200, $"{{\"jsonrpc\":\"2.0\",\"id\":{id.GetRawText()},{answer}}}");
    }
}
