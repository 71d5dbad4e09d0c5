using System.Text.Json;
using Betar.Agents.Llm;
using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Llm;

/// <summary>The adapter against endpoints on loopback, good and bad.</summary>
public sealed class OpenAiEndpointTests
{
    private const string Answer =
        """{"id":"1","object":"chat.completion","created":1,"model":"served","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"hello"}}],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    [Fact]
    public async Task A_question_goes_out_in_openais_language_with_the_key_of_the_endpoint()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, Answer);
        ExecutionOutcome outcome = await Make(server, """, "model": "m", "apiKey": "env:MINE", "temperature": 0.5 """).RunAsync("task");

        Assert.Equal(("hello", ""), (outcome.Text, outcome.Code));
        Assert.Equal(new ModelUsage("served", 1, 12, 3), outcome.Usage);
        HttpExchange got = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v1/chat/completions ", got.Head, StringComparison.Ordinal);
        Assert.Equal("Bearer mine-secret", got.Header("Authorization"));
        using JsonDocument body = JsonDocument.Parse(got.Text);
        Assert.Equal("m", body.RootElement.GetProperty("model").GetString());
        Assert.Equal(["system", "user"], body.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task The_nodes_key_is_never_sent_to_an_endpoint_of_an_agent()
    {
        await using LoopbackServer thief = LoopbackServer.Always(200, Answer);
        var secrets = new TestSecrets(("env:NODE", "node-secret"));
        IExecutor executor = Make(thief, "", new ExecutorTools { Secrets = secrets, Llm = new LlmDefaults { Provider = "openai", OpenAiKey = "env:NODE", GoogleKey = "env:NODE" } });
        await executor.RunAsync("task");

        HttpExchange got = Assert.Single(thief.Requests);
        Assert.Null(got.Header("Authorization"));
        Assert.DoesNotContain("node-secret", got.Head + got.Text, StringComparison.Ordinal);
        Assert.Empty(secrets.Asked);
    }

    [Fact]
    public async Task A_key_that_is_not_there_sends_nothing()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, Answer);

        Assert.Equal(ExecutionCodes.SecretMissing, (await Make(server, """, "apiKey": "env:NONE" """).RunAsync("task")).Code);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(200, "garbage")]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"choices":[]}""")]
    [InlineData(200, """{"choices":"none"}""")]
    [InlineData(401, "{}")]
    [InlineData(404, "no such model")]
    [InlineData(302, "")]
    [InlineData(500, "")]
    public async Task A_bad_answer_is_a_failure_and_no_exception(int status, string body)
    {
        await using LoopbackServer server = LoopbackServer.Always(status, body);

        Assert.Equal(ExecutionCodes.ModelUnavailable, (await Make(server).RunAsync("task")).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end(bool saysSo)
    {
        await using LoopbackServer server = saysSo ? LoopbackServer.Always(200, Answer) : new LoopbackServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 Any\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
            while (true)
                await exchange.WriteAsync(Answer);
        });

        ExecutionOutcome outcome = await Make(server, """, "maxAnswerBytes": 100 """).RunAsync("task");
        Assert.Equal((ExecutionCodes.LimitReached, true), (outcome.Code, outcome.Text.Contains("more than 100 bytes", StringComparison.Ordinal)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Too_many_requests_waits_as_it_is_told()
    {
        await using LoopbackServer server = LoopbackServer.InTurn((429, "{}", "Retry-After: 3\r\n"), (200, Answer, ""));
        var time = new ManualTime { Passes = wait => wait < TimeSpan.FromSeconds(5) };

        Assert.Equal("hello", (await Make(server, "", new ExecutorTools { Time = time, Secrets = new TestSecrets() }).RunAsync("task")).Text);
        Assert.Equal([TimeSpan.FromSeconds(3)], time.Passed);
    }

    [Fact]
    public async Task An_endpoint_that_hangs_is_left_at_the_deadline()
    {
        var time = new ManualTime();
        await using var server = new LoopbackServer(async _ =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await new TaskCompletionSource().Task;
        });

        ExecutionOutcome outcome = await Make(server, """, "timeoutSeconds": 5, "retries": 0 """, new ExecutorTools { Time = time }).RunAsync("task");
        Assert.Equal(ExecutionCodes.ModelUnavailable, outcome.Code);
        Assert.Contains("longer than 5 s", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_a_failure()
    {
        LoopbackServer server = LoopbackServer.Always(200, Answer);
        IExecutor executor = Make(server, """, "retries": 0 """);
        await server.DisposeAsync();

        Assert.Equal(ExecutionCodes.ModelUnavailable, (await executor.RunAsync("task")).Code);
    }

    [Fact]
    public async Task An_address_inside_is_not_asked_unless_the_settings_allow_it()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, Answer);
        IExecutor executor = Executors.Make("llm", $$"""{ "baseUrl": "http://127.0.0.1:{{server.Port}}/v1", "retries": 0 }""");

        Assert.Equal(ExecutionCodes.AddressRefused, (await executor.RunAsync("task")).Code);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_stream_comes_in_pieces_with_its_usage()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, Stream(Piece("hel"), Piece("lo"), Usage), "text/event-stream");
        List<string> pieces = [];
        ExecutionOutcome outcome = await Make(server).ExecuteAsync(Listening(pieces), CancellationToken.None);

        Assert.Equal("hello", outcome.Text);
        Assert.Equal(["hel", "lo"], pieces);
        Assert.Equal(15, outcome.Usage!.TotalTokens);
    }

    [Fact]
    public async Task A_stream_that_turns_to_garbage_is_a_failure_and_is_not_begun_anew()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, Stream(Piece("hel"), "{garbage"), "text/event-stream");
        List<string> pieces = [];
        ExecutionOutcome outcome = await Make(server).ExecuteAsync(Listening(pieces), CancellationToken.None);

        Assert.Equal(ExecutionCodes.ModelUnavailable, outcome.Code);
        Assert.Single(server.Requests);
    }

    private const string Usage = """{"id":"1","object":"chat.completion.chunk","created":1,"model":"served","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    private static string Piece(string text) =>
        $$"""{"id":"1","object":"chat.completion.chunk","created":1,"model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"{{text}}" } }]}""";

    private static string Stream(params string[] events) => string.Concat(events.Select(text => $"data: {text}\n\n")) + "data: [DONE]\n\n";

    private static ExecutionRequest Listening(List<string> pieces) => new("task", "c")
    {
        Partial = piece =>
        {
            pieces.Add(piece);
            return ValueTask.CompletedTask;
        },
    };

    private static IExecutor Make(LoopbackServer server, string more = "", ExecutorTools? tools = null) => Executors.Make(
        "llm", $$"""{ "baseUrl": "http://127.0.0.1:{{server.Port}}/v1", "allowPrivate": true {{more}} }""",
        tools ?? new ExecutorTools { Secrets = new TestSecrets(("env:MINE", "mine-secret")), Time = new ManualTime { Passes = wait => wait < TimeSpan.FromSeconds(5) } });
}
