using System.Net;
using System.Text.Json;
using Betar.Agents.Http;
using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Http;

public sealed class HttpExecutorTests
{
    [Theory]
    [InlineData("""{"output":"done"}""", "application/json", "done")]
    [InlineData("""{"output":{"a":1}}""", "application/json", """{"a":1}""")]
    [InlineData("""{"a":1}""", "application/json", """{"a":1}""")]
    [InlineData("plain text", "text/plain", "plain text")]
    [InlineData("{ no json", "text/plain", "{ no json")]
    [InlineData("", "text/plain", "")]
    public async Task An_answer_is_the_output(string body, string type, string output)
    {
        await using LoopbackServer server = LoopbackServer.Always(200, body, type);

        Assert.Equal(output, (await Make(server).RunAsync("task")).Text);
    }

    [Fact]
    public async Task The_task_goes_as_data_in_a_json_body()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "ok");
        await Make(server).RunAsync("\"}, \"agent\": \"other\"\r\nX-Evil: 1");

        HttpExchange got = Assert.Single(server.Requests);
        using JsonDocument body = JsonDocument.Parse(got.Text);
        Assert.Equal("\"}, \"agent\": \"other\"\r\nX-Evil: 1", body.RootElement.GetProperty("input").GetString());
        Assert.Equal("did:agent", body.RootElement.GetProperty("agent").GetString());
        Assert.Null(got.Header("X-Evil"));
        Assert.Equal("order-1", got.Header("Idempotency-Key"));
    }

    [Fact]
    public async Task A_request_is_signed_over_time_and_body()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "ok");
        var time = new ManualTime();
        await Make(server, """,  "secret": "env:HOOK" """, new ExecutorTools { Time = time, Secrets = new TestSecrets(("env:HOOK", "s3cret")) }).RunAsync("task");

        HttpExchange got = Assert.Single(server.Requests);
        Assert.Equal("1775000000", got.Header(WebhookSignature.TimeHeader));
        Assert.Equal(WebhookSignature.Of("s3cret", "1775000000", got.Body), got.Header(WebhookSignature.Header));
        Assert.NotEqual(WebhookSignature.Of("s3cret", "1775000001", got.Body), got.Header(WebhookSignature.Header));
    }

    [Fact]
    public void The_signature_is_hmac_sha256() => Assert.Equal(
        "v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224", WebhookSignature.Of("key", "1", "{}"u8));

    [Fact]
    public async Task A_secret_that_is_not_there_sends_nothing()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "ok");

        ExecutionOutcome outcome = await Make(server, """, "secret": "env:HOOK" """, new ExecutorTools { Secrets = new TestSecrets() }).RunAsync("task");
        Assert.Equal(ExecutionCodes.SecretMissing, outcome.Code);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_header_takes_its_secret_at_the_call()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "ok");
        await Make(server, """, "headers": { "Authorization": "env:TOKEN", "X-Team": "blue" } """, new ExecutorTools { Secrets = new TestSecrets(("env:TOKEN", "Bearer t")) }).RunAsync("task");

        Assert.Equal("Bearer t", server.Requests.Single().Header("Authorization"));
        Assert.Equal("blue", server.Requests.Single().Header("X-Team"));
    }

    [Fact]
    public async Task The_webhooks_own_error_is_the_reason()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, """{"error":"No such city."}""");

        ExecutionOutcome outcome = await Make(server).RunAsync("task");
        Assert.Equal((ExecutionCodes.Failed, "No such city."), (outcome.Code, outcome.Text));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(404)]
    public async Task A_webhook_that_is_not_idempotent_is_asked_once(int status)
    {
        await using LoopbackServer server = LoopbackServer.Always(status, "no");

        ExecutionOutcome outcome = await Make(server, """, "retries": 3 """).RunAsync("task");
        Assert.Equal(ExecutionCodes.WebhookFailed, outcome.Code);
        Assert.Contains($"{status}", outcome.Text, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_idempotent_webhook_is_asked_again_as_it_wishes()
    {
        await using LoopbackServer server = LoopbackServer.InTurn((500, "", ""), (429, "", "Retry-After: 7\r\n"), (200, "done", ""));
        var time = new ManualTime { Passes = wait => wait < TimeSpan.FromSeconds(20) };

        ExecutionOutcome outcome = await Make(server, """, "idempotent": true """, new ExecutorTools { Time = time }).RunAsync("task");
        Assert.Equal("done", outcome.Text);
        Assert.Equal(3, server.Requests.Count);
        Assert.InRange(time.Passed[0], TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
        Assert.Equal(TimeSpan.FromSeconds(7), time.Passed[1]);
    }

    [Fact]
    public async Task What_is_wrong_for_good_is_not_asked_again()
    {
        await using LoopbackServer server = LoopbackServer.Always(400, "no");

        Assert.False((await Make(server, """, "idempotent": true """).RunAsync("task")).Succeeded);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_webhook_that_hangs_is_left_at_the_deadline()
    {
        var time = new ManualTime();
        await using var server = new LoopbackServer(async _ =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await new TaskCompletionSource().Task;
        });

        ExecutionOutcome outcome = await Make(server, """, "timeoutSeconds": 5 """, new ExecutorTools { Time = time }).RunAsync("task");
        Assert.Equal(ExecutionCodes.TimedOut, outcome.Code);
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_call()
    {
        using var caller = new CancellationTokenSource();
        await using var server = new LoopbackServer(async _ =>
        {
            await caller.CancelAsync();
            await new TaskCompletionSource().Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Make(server).RunAsync("task", caller.Token));
    }

    [Fact]
    public async Task An_answer_over_the_limit_is_refused()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "12345");

        Assert.True((await Make(server, """, "maxAnswerBytes": 5 """).RunAsync("task")).Succeeded);
        Assert.Equal(ExecutionCodes.LimitReached, (await Make(server, """, "maxAnswerBytes": 4 """).RunAsync("task")).Code);
    }

    [Fact]
    public async Task An_answer_that_is_no_text_is_refused()
    {
        await using var server = new LoopbackServer(exchange => exchange.AnswerAsync(200, [0xff, 0xfe, 0x00]));

        Assert.Equal(ExecutionCodes.WebhookFailed, (await Make(server).RunAsync("task")).Code);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_the_answer_is_a_failure()
    {
        await using var server = new LoopbackServer(exchange => exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

        Assert.Equal(ExecutionCodes.WebhookFailed, (await Make(server).RunAsync("task")).Code);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using LoopbackServer other = LoopbackServer.Always(200, "stolen");
        await using LoopbackServer server = LoopbackServer.Always(302, "", more: $"Location: {other.Url}\r\n");

        Assert.Contains("redirect", (await Make(server).RunAsync("task")).Text, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task After_many_failures_it_is_left_alone_for_a_while()
    {
        await using LoopbackServer server = LoopbackServer.Always(500, "");
        var time = new ManualTime();
        IExecutor executor = Make(server, """, "breakAfter": 2, "breakSeconds": 30 """, new ExecutorTools { Time = time });
        await executor.RunAsync("1");
        Assert.False(executor.IsResting);
        await executor.RunAsync("2");

        Assert.True(executor.IsResting);
        Assert.Contains("left alone", (await executor.RunAsync("3")).Text, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        time.Advance(TimeSpan.FromSeconds(31));
        await executor.RunAsync("4");
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_address_inside_is_not_called_unless_the_settings_allow_it()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "inside");

        IExecutor executor = Executors.Make("http", $$"""{ "url": "{{server.Url}}" }""");
        Assert.Equal(ExecutionCodes.AddressRefused, (await executor.RunAsync("task")).Code);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_name_that_means_an_address_inside_is_not_called()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "inside");
        using var http = new GuardedHttp((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        IExecutor executor = Executors.Make("http", $$"""{ "url": "http://public.example:{{server.Port}}/" }""", http: http);
        Assert.Equal(ExecutionCodes.AddressRefused, (await executor.RunAsync("task")).Code);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/latest/meta-data/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://168.63.129.16/machine")]
    [InlineData("http://localhost/")]
    public async Task However_an_address_inside_is_written_it_is_not_called(string url) =>
        Assert.Equal(ExecutionCodes.AddressRefused, (await Executors.Make("http", $$"""{ "url": "{{url}}" }""").RunAsync("task")).Code);

    /// <summary>A name server that answers who checks and who connects differently finds only one who asks.</summary>
    [Fact]
    public async Task A_name_is_asked_for_once_and_what_was_checked_is_connected()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "here");
        int asked = 0;
        using var http = new GuardedHttp((_, _) => Task.FromResult<IPAddress[]>(Interlocked.Increment(ref asked) == 1 ? [IPAddress.Loopback] : []));

        IExecutor executor = Executors.Make("http", $$"""{ "url": "http://rebinding.example:{{server.Port}}/", "allowPrivate": true }""", http: http);
        Assert.Equal(("here", 1), ((await executor.RunAsync("task")).Text, asked));
    }

    [Fact]
    public async Task Of_several_addresses_of_a_name_only_open_ones_are_connected()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "inside");
        using var http = new GuardedHttp((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254"), IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("::ffff:127.0.0.1")]));

        IExecutor executor = Executors.Make("http", $$"""{ "url": "http://mixed.example:{{server.Port}}/" }""", http: http);
        Assert.Equal(ExecutionCodes.AddressRefused, (await executor.RunAsync("task")).Code);
        Assert.Empty(server.Requests);
    }

    private static IExecutor Make(LoopbackServer server, string more = "", ExecutorTools? tools = null) =>
        Executors.Make("http", $$"""{ "url": "{{server.Url}}", "allowPrivate": true {{more}} }""", tools);
}
