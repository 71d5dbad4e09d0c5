using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Rpc;

/// <summary>Whatever a node answers is a value to the caller.</summary>
public sealed partial class HostileNodeTests
{
    static readonly CancellationToken _none = CancellationToken.None;
    static readonly CallRequest _call = new(TestKeys.Usdc, new byte[] { 1 });

    static JsonRpcChainClient Client(HttpMessageHandler handler, JsonRpcOptions? options = null, TimeProvider? time = null) =>
        new(new HttpClient(handler), new Uri("http://node.test/"), options, time);

    /// <summary>$ stands for the request's id.</summary>
    static JsonRpcChainClient Answering(string answer, HttpStatusCode status = HttpStatusCode.OK, JsonRpcOptions? options = null) =>
        Client(new ScriptedHandler((body, _) => Task.FromResult(ScriptedHandler.Text(answer.Replace("$", IdOf(body), StringComparison.Ordinal), status))), options);

    static string IdOf(string body) => IdPattern().Match(body).Groups[1].Value;

    [GeneratedRegex("\"id\":(\\d+)")]
    private static partial Regex IdPattern();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("<html>")]
    [InlineData("17")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[17]")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":99999,\"result\":\"0x\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":\"$\",\"result\":\"0x\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"result\":\"0x\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":\"0x\"")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":5}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":null}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":{\"deep\":[1,2,{}]}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":\"0x1\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":\"1234\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":\"0xzz\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":\"\\u0030x00\"}")]
    [InlineData("{\"\\ud800\":1,\"jsonrpc\":\"2.0\",\"id\":$}")]
    public async Task Answers_that_cannot_be_read(string answer)
    {
        var outcome = await Answering(answer).CallAsync(_call, _none);
        Assert.Equal(RpcStatus.InvalidResponse, outcome.Status);
        Assert.StartsWith("the node's answer cannot be read", outcome.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_call_answered_twice_keeps_the_first_answer()
    {
        var client = Answering("[{\"id\":$,\"result\":\"0x01\"},{\"id\":$,\"result\":\"0x02\"}]");
        Assert.Equal([1], (await client.CallAsync(_call, _none)).Value);
    }

    [Theory]
    [InlineData("{\"id\":$,\"error\":{\"code\":-32000,\"message\":\"no\"}}", -32000, "no")]
    [InlineData("{\"id\":null,\"error\":{\"code\":-32005,\"message\":\"too many requests\"}}", -32005, "too many requests")]
    [InlineData("{\"id\":$,\"error\":{}}", 0, "")]
    [InlineData("{\"id\":$,\"error\":\"text\"}", 0, "an error of unknown shape")]
    [InlineData("{\"id\":$,\"error\":{\"code\":\"1\",\"message\":5,\"data\":{\"a\":1}}}", 0, "")]
    [InlineData("{\"id\":$,\"error\":{\"code\":1e99,\"message\":\"\\ud800\"}}", 0, "a message that is no text")]
    [InlineData("{\"id\":$,\"result\":\"0x\",\"error\":{\"code\":1,\"message\":\"both\"}}", 1, "both")]
    public async Task Errors_of_every_shape(string answer, int code, string message)
    {
        var outcome = await Answering(answer).CallAsync(_call, _none);
        Assert.Equal(RpcStatus.Error, outcome.Status);
        Assert.Equal((code, message), (outcome.Error!.Code, outcome.Error.Message));
        Assert.Null(outcome.Error.RevertReason);
    }

    [Fact]
    public async Task A_null_error_beside_a_result_is_no_error() =>
        Assert.True((await Answering("{\"id\":$,\"error\":null,\"result\":\"0x00\"}").CallAsync(_call, _none)).IsValue);

    [Fact]
    public async Task A_long_message_is_cut() =>
        Assert.Equal(1024, (await Answering($"{{\"id\":$,\"error\":{{\"code\":1,\"message\":\"{new string('x', 5000)}\"}}}}").CallAsync(_call, _none)).Error!.Message.Length);

    [Fact]
    public async Task HTTP_errors_are_unreachable_unless_they_carry_an_answer()
    {
        var outcome = await Answering("<html>", HttpStatusCode.BadGateway).CallAsync(_call, _none);
        Assert.Equal((RpcStatus.Unreachable, "the node cannot be reached: HTTP status 502"), (outcome.Status, outcome.Describe()));
        outcome = await Answering("{\"jsonrpc\":\"2.0\",\"id\":$,\"error\":{\"code\":-32005,\"message\":\"slow down\"}}", HttpStatusCode.TooManyRequests).CallAsync(_call, _none);
        Assert.Equal((RpcStatus.Error, -32005), (outcome.Status, outcome.Error!.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_has_an_end(bool declared)
    {
        var options = new JsonRpcOptions { MaxResponseBytes = 4096 };
        var client = Client(new ScriptedHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = declared ? new ByteArrayContent(new byte[4097]) : new StreamContent(new EndlessStream()),
        })), options);
        var outcome = await client.CallAsync(_call, _none);
        Assert.Equal(RpcStatus.InvalidResponse, outcome.Status);
        Assert.Contains("4096", outcome.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_a_time_out_and_the_next_call_goes_through()
    {
        var time = new ManualTime();
        var silent = true;
        var asked = new SemaphoreSlim(0);
        var client = Client(
            new ScriptedHandler(async (body, cancellationToken) =>
            {
                asked.Release();
                if (silent)
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                return ScriptedHandler.Text($"{{\"id\":{IdOf(body)},\"result\":\"0x2a\"}}");
            }),
            new JsonRpcOptions { CallTimeout = TimeSpan.FromSeconds(3), MaxConcurrentRequests = 1 },
            time);
        var slow = client.CallAsync(_call, _none);
        await asked.WaitAsync();
        var queued = client.GetBlockNumberAsync(_none);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(RpcStatus.TimedOut, (await slow).Status);
        Assert.Equal(RpcStatus.TimedOut, (await Assert.ThrowsAsync<ChainUnavailableException>(() => queued)).Status);
        silent = false;
        Assert.Equal(42UL, await client.GetBlockNumberAsync(_none));
        asked.Dispose();
    }

    [Fact]
    public async Task A_call_that_was_given_up_before_it_was_sent_is_never_sent()
    {
        var bodies = new List<string>();
        var held = new TaskCompletionSource();
        var asked = new SemaphoreSlim(0);
        var client = Client(
            new ScriptedHandler(async (body, _) =>
            {
                bodies.Add(body);
                asked.Release();
                await held.Task;
                return ScriptedHandler.Text($"{{\"id\":{IdOf(body)},\"result\":\"0x2a\"}}");
            }),
            new JsonRpcOptions { MaxConcurrentRequests = 1 });
        var first = client.GetBlockNumberAsync(_none);
        await asked.WaitAsync();
        using var cancellation = new CancellationTokenSource();
        var second = client.GetChainIdAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        held.SetResult();
        Assert.Equal(42UL, await first);
        Assert.Equal(42UL, await client.GetBlockNumberAsync(_none));
        Assert.DoesNotContain(bodies, body => body.Contains("eth_chainId", StringComparison.Ordinal));
        asked.Dispose();
    }

    [Fact]
    public async Task Broken_connections_are_unreachable()
    {
        var client = Client(new ScriptedHandler((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError)));
        Assert.Equal(RpcStatus.Unreachable, (await client.CallAsync(_call, _none)).Status);
        client = Client(new ScriptedHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream()) })));
        Assert.Equal(RpcStatus.Unreachable, (await client.CallAsync(_call, _none)).Status);
    }

    [Fact]
    public async Task As_many_calls_wait_as_may_and_the_next_is_turned_away()
    {
        var asked = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        var client = Client(
            new ScriptedHandler(async (body, _) =>
            {
                asked.TrySetResult();
                await held.Task;
                return ScriptedHandler.Text($"[{string.Join(',', IdPattern().Matches(body).Select(id => $"{{\"id\":{id.Groups[1].Value},\"result\":\"0x00\"}}"))}]");
            }),
            new JsonRpcOptions { MaxConcurrentRequests = 1, MaxWaiting = 2 });
        var under = client.CallAsync(_call, _none);
        await asked.Task;
        var waiting = new[] { client.CallAsync(_call, _none), client.CallAsync(_call, _none) };

        Assert.Equal(RpcStatus.Unreachable, (await client.CallAsync(_call, _none)).Status);
        Assert.All(waiting, call => Assert.False(call.IsCompleted));
        held.SetResult();
        Assert.All(await Task.WhenAll([under, .. waiting]), outcome => Assert.True(outcome.IsValue));
    }

    [Fact]
    public async Task Receipts_and_logs_of_other_shapes_are_no_receipts()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        var good = (await chain.SettleAsync(TokenSigner.Transfer("a"))).ToJsonString();
        Assert.NotNull(await Answering($"{{\"id\":$,\"result\":{good}}}").GetReceiptAsync(Hash32.Zero, _none));
        Assert.Null(await Answering("{\"id\":$,\"result\":null}").GetReceiptAsync(Hash32.Zero, _none));

        foreach (var member in new[] { "transactionHash", "blockHash", "status", "blockNumber", "transactionIndex", "from", "gasUsed", "logs", "topics", "data", "logIndex", "address" })
        {
            var renamed = good.Replace($"\"{member}\"", "\"other\"", StringComparison.Ordinal);
            Assert.NotEqual(good, renamed);
            var fault = await Assert.ThrowsAsync<ChainUnavailableException>(() => Answering($"{{\"id\":$,\"result\":{renamed}}}").GetReceiptAsync(Hash32.Zero, _none));
            Assert.Equal(RpcStatus.InvalidResponse, fault.Status);
        }

        var outcome = await Answering($"{{\"id\":$,\"result\":{good.Replace("\"status\":\"0x1\"", "\"status\":\"0x2\"", StringComparison.Ordinal)}}}")
            .SendRawTransactionSyncAsync(new byte[1], TimeSpan.FromSeconds(1), _none);
        Assert.Equal(RpcStatus.InvalidResponse, outcome.Status);

        Fuzz.Mutate(Encoding.UTF8.GetBytes(good), 3_000, seed: 5, bytes =>
        {
            if (RpcResults.TryRead<TransactionReceipt>(bytes, RpcResults.Receipt, out var receipt))
                Assert.NotNull(receipt.Logs);
            RpcResults.TryRead<IReadOnlyList<LogEntry>?>(bytes, RpcResults.Logs, out _);
            RpcResults.TryRead<ulong>(bytes, RpcResults.BlockTimestamp, out _);
        });
    }

    [Fact]
    public void Damaged_responses_are_answers_or_refusals()
    {
        var good = Encoding.UTF8.GetBytes(
            """[{"jsonrpc":"2.0","id":5,"result":"0x1234"},{"jsonrpc":"2.0","id":6,"error":{"code":3,"message":"execution reverted","data":"0x08c379a0"}},{"jsonrpc":"2.0","id":7,"result":{"a":[1,null]}}]""");
        Fuzz.Mutate(good, 5_000, seed: 77, bytes =>
        {
            var answers = new RpcAnswer?[3];
            RpcResponseReader.Read(bytes, 5, answers);
            Assert.DoesNotContain(answers, answer => answer is null);
        });
    }

    [Fact]
    public void An_outcome_that_nobody_set_is_no_success()
    {
        RpcOutcome<bool> outcome = default;
        Assert.Equal(RpcStatus.Unreachable, outcome.Status);
        Assert.False(outcome.IsValue);
        Assert.False(outcome.TryGetValue(out _));
        Assert.Equal("the node cannot be reached: no connection", outcome.Describe());
        Assert.Equal(RpcStatus.TimedOut, RpcOutcome.TimedOut<bool>().As<string>().Status);
        Assert.Throws<InvalidOperationException>(() => RpcOutcome.Value(1).As<string>());
    }

    [Fact]
    public void Options_have_the_defaults_and_ranges_they_say()
    {
        var options = new JsonRpcOptions();
        Assert.Empty(options.Validate());
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2)), (options.CallTimeout, options.SyncSendMargin));
        Assert.Equal(TimeSpan.FromMilliseconds(200), options.ReceiptInterval);
        Assert.Equal((100, 2, 10_000, 8 * 1024 * 1024), (options.MaxBatch, options.MaxConcurrentRequests, options.MaxWaiting, options.MaxResponseBytes));
        var bad = new JsonRpcOptions
        {
            CallTimeout = TimeSpan.Zero,
            SyncSendMargin = TimeSpan.FromTicks(-1),
            ReceiptInterval = TimeSpan.FromMilliseconds(9),
            MaxBatch = 0,
            MaxConcurrentRequests = 65,
            MaxWaiting = 0,
            MaxResponseBytes = 1,
        };
        Assert.Equal(
            ["CallTimeout", "SyncSendMargin", "ReceiptInterval", "MaxBatch", "MaxConcurrentRequests", "MaxWaiting", "MaxResponseBytes"],
            bad.Validate().Select(fault => fault.Split(' ')[0]));
        Assert.Throws<ArgumentException>(() => Client(new ScriptedHandler(_ => ""), bad));
    }

    sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }

    sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset");
    }
}
