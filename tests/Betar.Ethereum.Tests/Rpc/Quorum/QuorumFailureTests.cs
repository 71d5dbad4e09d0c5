using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

/// <summary>Nodes that are slow, dead or late, and what becomes of them.</summary>
public sealed class QuorumFailureTests
{
    const string Method = "eth_chainId";

    readonly ManualTime _time = new();

    [Fact]
    public async Task A_dead_node_is_not_waited_for()
    {
        using var http = Hanging();
        var nodes = new Nodes(2, null, _time, Over(http));

        Assert.Equal(84532UL, await nodes.Client.GetChainIdAsync(default));
    }

    [Fact]
    public async Task Where_it_is_needed_the_time_is_bounded()
    {
        using var http = Hanging();
        var nodes = new Nodes(1, new QuorumOptions { Timeout = TimeSpan.FromSeconds(3) }, _time, Over(http));
        var asking = nodes.Client.GetChainIdAsync(default);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(asking.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        var fault = await Assert.ThrowsAsync<ChainUnavailableException>(() => asking);
        Assert.Equal((RpcStatus.Unreachable, "the node cannot be reached: 1 of 2 needed nodes answered."), (fault.Status, fault.Message));
    }

    [Fact]
    public async Task Nobody_at_all_in_time_is_a_time_out()
    {
        var nodes = new Nodes(2);
        nodes.Each(node => node.Silent.Add("eth_call"));

        Assert.Equal(RpcStatus.TimedOut, (await nodes.Client.CallAsync(new CallRequest(TestKeys.Usdc, default), default)).Status);
    }

    [Fact]
    public async Task After_failures_in_a_row_a_node_is_left_alone_then_tried_once()
    {
        var nodes = new Nodes(3, new QuorumOptions { FailuresToOpen = 3, OpenTime = TimeSpan.FromSeconds(30) }, _time);
        nodes.All[2].Silent.Add(Method);
        for (var times = 0; times < 5; times++)
            await nodes.Client.GetChainIdAsync(default);
        Assert.Equal(["node-c"], nodes.Client.LeftAlone);
        Assert.Equal(3, Asked(nodes));

        _time.Advance(TimeSpan.FromSeconds(30));
        await nodes.Client.GetChainIdAsync(default);
        await nodes.Client.GetChainIdAsync(default);
        Assert.Equal(4, Asked(nodes));

        nodes.All[2].Silent.Clear();
        _time.Advance(TimeSpan.FromSeconds(30));
        await nodes.Client.GetChainIdAsync(default);
        Assert.Empty(nodes.Client.LeftAlone);
        Assert.Equal([EndpointEventKind.Opened, EndpointEventKind.Closed], nodes.Events.Select(told => told.Kind));
    }

    [Fact]
    public async Task Where_the_others_are_too_few_it_is_asked_all_the_same()
    {
        var nodes = new Nodes(2, new QuorumOptions { FailuresToOpen = 1 }, _time);
        nodes.All[1].Silent.Add(Method);
        await Assert.ThrowsAsync<ChainUnavailableException>(() => nodes.Client.GetChainIdAsync(default));
        nodes.All[1].Silent.Clear();

        Assert.Equal(84532UL, await nodes.Client.GetChainIdAsync(default));
    }

    [Fact]
    public async Task A_node_that_lies_again_and_again_is_left_alone()
    {
        var nodes = new Nodes(3, new QuorumOptions { FailuresToOpen = 2 }, _time);
        nodes.Each(node => node.Code[TestKeys.Usdc] = [1]);
        nodes.All[0].Code[TestKeys.Usdc] = [2];
        await nodes.Client.GetCodeAsync(TestKeys.Usdc, default);
        await nodes.Client.GetCodeAsync(TestKeys.Usdc, default);

        Assert.Equal(["node-a"], nodes.Client.LeftAlone);
        Assert.Equal([EndpointEventKind.Outvoted, EndpointEventKind.Outvoted, EndpointEventKind.Opened], nodes.Events.Select(told => told.Kind));
    }

    [Fact]
    public async Task A_node_that_wants_to_be_asked_less_is_asked_less()
    {
        var nodes = new Nodes(3, new QuorumOptions { FailuresToOpen = 1 }, _time);
        nodes.All[2].Faults[Method] = new RpcError(429, "slow down", default);
        await nodes.Client.GetChainIdAsync(default);
        Assert.Equal(["node-c"], nodes.Client.LeftAlone);
    }

    [Fact]
    public async Task An_answer_that_comes_late_still_counts_against_its_node()
    {
        var late = new TaskCompletionSource();
        using var http = new HttpClient(new ScriptedHandler(async (_, _) =>
        {
            await late.Task;
            return ScriptedHandler.Text("""{"jsonrpc":"2.0","id":1,"result":"0x1"}""");
        }));
        var told = new TaskCompletionSource<EndpointEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = new QuorumChainClient(
            [new("a", new ModelChain()), new("b", new ModelChain()), new("c", Over(http))], null, _time, told.SetResult);
        Assert.Equal(84532UL, await client.GetChainIdAsync(default));
        late.SetResult();

        Assert.Equal(new EndpointEvent("c", EndpointEventKind.Outvoted, Method), await told.Task);
    }

    [Fact]
    public async Task Who_asked_and_left_counts_against_nobody()
    {
        using var http = Hanging();
        using var stop = new CancellationTokenSource();
        var nodes = new Nodes(1, new QuorumOptions { FailuresToOpen = 1 }, _time, Over(http));
        var asking = nodes.Client.GetChainIdAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Empty(nodes.Events);
        Assert.Empty(nodes.Client.LeftAlone);
    }

    int Asked(Nodes nodes) => nodes.All[2].Asked.Count(method => method == Method);

    static HttpClient Hanging() => new(new ScriptedHandler((_, _) => new TaskCompletionSource<HttpResponseMessage>().Task));

    JsonRpcChainClient Over(HttpClient http) => new(http, new Uri("http://node"), null, _time);
}
