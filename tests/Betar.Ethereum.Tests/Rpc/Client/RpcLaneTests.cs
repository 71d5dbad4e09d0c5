using System.Text.Json.Nodes;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Rpc.Client;

public sealed class RpcLaneTests
{
    static readonly Uri _node = new("http://node.test/rpc");

    readonly ManualTime _time = new();
    readonly List<JsonNode> _sent = [];
    readonly SemaphoreSlim _asked = new(0);
    readonly SemaphoreSlim _answers = new(0);

    RpcLane Lane(JsonRpcOptions options) => new(
        new HttpClient(new ScriptedHandler(async (body, cancellationToken) =>
        {
            var request = JsonNode.Parse(body)!;
            lock (_sent)
                _sent.Add(request);
            _asked.Release();
            await _answers.WaitAsync(cancellationToken);
            return ScriptedHandler.Text(Answer(request).ToJsonString());
        })),
        _node,
        options,
        _time);

    static JsonNode Answer(JsonNode request) => request is JsonArray batch
        ? new JsonArray([.. batch.Select(item => Answer(item!))])
        : new JsonObject { ["id"] = request["id"]!.DeepClone(), ["result"] = request["method"]!.DeepClone() };

    static async Task<string> ResultAsync(Task<RpcAnswer> call) => System.Text.Encoding.UTF8.GetString((await call).Result.Span);

    Task<RpcAnswer> Call(RpcLane lane, string method, int seconds = 10, CancellationToken cancellationToken = default) =>
        lane.CallAsync(method, RpcParameters.None, TimeSpan.FromSeconds(seconds), cancellationToken);

    [Fact]
    public async Task A_request_is_what_nodes_expect()
    {
        var lane = Lane(new JsonRpcOptions());
        var call = lane.CallAsync("eth_x", RpcParameters.Hash(Hash32.Zero), TimeSpan.FromSeconds(1), CancellationToken.None);
        await _asked.WaitAsync();
        _answers.Release();
        Assert.Equal("\"eth_x\"", await ResultAsync(call));
        Assert.Equal($$"""{"jsonrpc":"2.0","id":1,"method":"eth_x","params":["{{Hash32.Zero}}"]}""", _sent[0].ToJsonString());
    }

    [Fact]
    public async Task Ids_are_never_used_twice()
    {
        var lane = Lane(new JsonRpcOptions { MaxConcurrentRequests = 1, MaxBatch = 3 });
        var calls = new List<Task<RpcAnswer>> { Call(lane, "m0") };
        await _asked.WaitAsync();
        for (var i = 1; i < 8; i++)
            calls.Add(Call(lane, $"m{i}"));
        _answers.Release(10);
        for (var i = 0; i < 8; i++)
            Assert.Equal($"\"m{i}\"", await ResultAsync(calls[i]));
        var ids = _sent.SelectMany(request => request is JsonArray batch ? batch.Select(item => item!) : [request]).Select(item => item["id"]!.GetValue<long>());
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), ids);
        Assert.Equal([1, 3, 3, 1], _sent.Select(request => request is JsonArray batch ? batch.Count : 1));
    }

    [Fact]
    public async Task A_batch_size_of_one_sends_no_batches()
    {
        var lane = Lane(new JsonRpcOptions { MaxConcurrentRequests = 1, MaxBatch = 1 });
        var calls = Enumerable.Range(0, 4).Select(i => Call(lane, $"m{i}")).ToArray();
        _answers.Release(4);
        await Task.WhenAll(calls);
        Assert.All(_sent, request => Assert.IsType<JsonObject>(request));
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        var lane = Lane(new JsonRpcOptions { MaxConcurrentRequests = 2, MaxBatch = 2 });
        var first = Call(lane, "m0");
        await _asked.WaitAsync();
        var second = Call(lane, "m1");
        await _asked.WaitAsync();
        var rest = Enumerable.Range(2, 6).Select(i => Call(lane, $"m{i}")).ToArray();
        Assert.Equal(2, _sent.Count);
        _answers.Release();
        await _asked.WaitAsync();
        Assert.Equal(3, _sent.Count);
        _answers.Release(10);
        await Task.WhenAll([first, second, .. rest]);
        Assert.Equal(5, _sent.Count);
    }

    [Fact]
    public async Task A_short_patience_in_a_batch_does_not_shorten_the_others()
    {
        var lane = Lane(new JsonRpcOptions { MaxConcurrentRequests = 1 });
        var first = Call(lane, "m0");
        await _asked.WaitAsync();
        var hasty = Call(lane, "hasty", seconds: 2);
        var patient = Call(lane, "patient", seconds: 9);
        _answers.Release();
        await first;
        await _asked.WaitAsync();
        Assert.Equal(2, _sent[1].AsArray().Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RpcStatus.TimedOut, (await hasty).Status);
        Assert.False(patient.IsCompleted);
        _answers.Release();
        Assert.Equal("\"patient\"", await ResultAsync(patient));
    }

    [Fact]
    public async Task A_request_that_nobody_waits_for_ends_and_frees_its_place()
    {
        var lane = Lane(new JsonRpcOptions { MaxConcurrentRequests = 1 });
        var lost = Call(lane, "lost", seconds: 5);
        await _asked.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(RpcStatus.TimedOut, (await lost).Status);
        var next = Call(lane, "next");
        await _asked.WaitAsync();
        _answers.Release();
        Assert.Equal("\"next\"", await ResultAsync(next));
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_others_their_answers()
    {
        var lane = Lane(new JsonRpcOptions { MaxConcurrentRequests = 1 });
        var first = Call(lane, "m0");
        await _asked.WaitAsync();
        using var gone = new CancellationTokenSource();
        var leaving = Call(lane, "leaving", cancellationToken: gone.Token);
        var staying = Call(lane, "staying");
        _answers.Release();
        await first;
        await _asked.WaitAsync();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        _answers.Release();
        Assert.Equal("\"staying\"", await ResultAsync(staying));
    }

    [Fact]
    public async Task A_bug_in_the_transport_reaches_the_caller_and_the_lane_lives_on()
    {
        var broken = true;
        var lane = new RpcLane(
            new HttpClient(new ScriptedHandler((body, _) => broken
                ? throw new InvalidOperationException("a bug")
                : Task.FromResult(ScriptedHandler.Text(Answer(JsonNode.Parse(body)!).ToJsonString())))),
            _node,
            new JsonRpcOptions { MaxConcurrentRequests = 1 },
            _time);
        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => Call(lane, "m"))).Message);
        broken = false;
        Assert.Equal("\"m\"", await ResultAsync(Call(lane, "m")));
    }
}
