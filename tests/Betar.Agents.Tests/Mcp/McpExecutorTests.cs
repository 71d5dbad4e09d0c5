using System.Text.Json;
using Betar.Agents.Llm;
using Betar.Agents.Tests.Support;
using Microsoft.Extensions.AI;

namespace Betar.Agents.Tests.Mcp;

/// <summary>Against an MCP server on standard input and output that is a script of the shell.</summary>
public sealed class McpExecutorTests : IDisposable
{
    private const string Server = """
        while read -r line; do
          printf '%s\n' "$line" >> log
          id=${line##*\"id\":}; id=${id%%[,\}]*}
          case "$line" in
            *'"method":"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"t","version":"1"}}}\n' "$id";;
            *'"method":"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"say.it","description":"Says it.","inputSchema":{"type":"object"}},{"name":"danger","inputSchema":{"type":"object"}}]}}\n' "$id";;
            *'"text":"die"'*) exit 1;;
            *'"text":"fail"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"isError":true,"content":[{"type":"text","text":"No luck."}]}}\n' "$id";;
            *'"text":"refuse"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32602,"message":"bad"}}\n' "$id";;
            *'"text":"garbage"'*) printf 'garbage\n'; printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"after"}]}}\n' "$id";;
            *'"method":"tools/call"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"said"},{"type":"text","text":"twice"}]}}\n' "$id";;
            *'"id":'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"unknown"}}\n' "$id";;
          esac
        done
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hello", "said\ntwice", "")]
    [InlineData("garbage", "after", "")]
    [InlineData("fail", "No luck.", ExecutionCodes.ToolFailed)]
    [InlineData("refuse", "The MCP server say.it refused the call.", ExecutionCodes.ToolFailed)]
    public async Task A_tool_answers_or_fails(string input, string text, string code)
    {
        IExecutor executor = Make(""", "textArgument": "text", "arguments": { "voice": "low" } """);
        ExecutionOutcome outcome = await executor.RunAsync(input);
        await executor.DropAsync();

        Assert.Equal((text, code), (outcome.Text, outcome.Code));
        using JsonDocument call = JsonDocument.Parse((await File.ReadAllLinesAsync(_folder.File("log"))).Last(line => line.Contains("tools/call", StringComparison.Ordinal)));
        JsonElement arguments = call.RootElement.GetProperty("params").GetProperty("arguments");
        Assert.Equal((input, "low"), (arguments.GetProperty("text").GetString(), arguments.GetProperty("voice").GetString()));
    }

    [Fact]
    public async Task A_server_that_dies_fails_the_task_and_is_started_for_the_next_one()
    {
        IExecutor executor = Make(""", "textArgument": "text" """);

        Assert.Equal(ExecutionCodes.ToolFailed, (await executor.RunAsync("die")).Code);
        Assert.Equal("said\ntwice", (await executor.RunAsync("hello")).Text);
        await executor.DropAsync();
    }

    [Fact]
    public async Task The_callers_object_is_the_arguments_but_for_those_that_are_fixed()
    {
        IExecutor executor = Make(""", "arguments": { "voice": "low" } """);
        await executor.RunAsync("""{"voice":"loud","text":"hi"}""");
        await executor.DropAsync();

        string log = await File.ReadAllTextAsync(_folder.File("log"));
        Assert.Contains("\"low\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain("\"loud\"", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("[1]")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task A_task_that_is_no_object_is_refused_before_the_server_is_asked(string input)
    {
        Assert.Equal(ExecutionCodes.TaskRefused, (await Make("").RunAsync(input)).Code);
        Assert.False(File.Exists(_folder.File("log")));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure() => Assert.Equal(
        ExecutionCodes.ToolFailed, (await Executors.Make("mcp", """{ "command": ["/no/such/server"], "tool": "a" }""").RunAsync("{}")).Code);

    [Fact]
    public async Task A_secret_that_is_not_there_starts_nothing() => Assert.Equal(
        ExecutionCodes.SecretMissing,
        (await Make(""", "environment": { "KEY": "env:NONE" } """, new ExecutorTools { Secrets = new TestSecrets() }).RunAsync("{}")).Code);

    [Fact]
    public async Task An_address_inside_is_not_called() => Assert.Equal(
        ExecutionCodes.AddressRefused, (await Executors.Make("mcp", """{ "url": "http://127.0.0.1:9/", "tool": "a" }""").RunAsync("{}")).Code);

    [Fact]
    public async Task A_model_uses_only_the_tools_that_are_allowed()
    {
        var model = new ScriptedModel(() => ScriptedModel.Calls("box_say_it", ("text", "hello")), () => ScriptedModel.Calls("box_danger"), () => ScriptedModel.Says("ok"));
        IExecutor executor = WithTools(model, "say.it");

        Assert.Equal("ok", (await executor.RunAsync("task")).Text);
        await executor.DropAsync();
        Assert.Equal(["box_say_it"], model.Asked[0].Options!.Tools!.Select(tool => tool.Name));
        Assert.Equal("said\ntwice", Assert.IsType<FunctionResultContent>(model.Asked[1].Messages[^1].Contents[0]).Result);
        Assert.Equal("There is no such tool.", Assert.IsType<FunctionResultContent>(model.Asked[2].Messages[^1].Contents[0]).Result);
        Assert.False(executor.IsIdempotent);
    }

    [Fact]
    public async Task A_tool_that_is_allowed_and_not_there_is_a_failure()
    {
        IExecutor executor = WithTools(new ScriptedModel(() => ScriptedModel.Says("ok")), "missing");
        ExecutionOutcome outcome = await executor.RunAsync("task");
        await executor.DropAsync();

        Assert.Equal(ExecutionCodes.ToolFailed, outcome.Code);
        Assert.Contains("no tool missing", outcome.Text, StringComparison.Ordinal);
    }

    private IExecutor Make(string more, ExecutorTools? tools = null) =>
        Executors.Make("mcp", $$"""{ "command": [{{Command}}], "tool": "say.it" {{more}} }""", tools);

    private IExecutor WithTools(ScriptedModel model, string allowed) => Executors.Make(
        "llm", $$"""{ "tools": [{ "name": "box", "command": [{{Command}}], "allow": ["{{allowed}}"] }] }""",
        new ExecutorTools { Llm = new LlmDefaults { OpenAiKey = "env:NODE" }, Models = _ => model });

    private string Command => JsonSerializer.Serialize(_folder.Script($"cd '{_folder.Path}' || exit 1\n{Server}"));
}
