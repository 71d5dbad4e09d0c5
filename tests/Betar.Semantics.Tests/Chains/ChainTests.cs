namespace Betar.Semantics.Tests.Chains;

[Collection("chains")]
public sealed class ChainTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    [Theory]
    [InlineData(ChainKind.Closed)]
    [InlineData(ChainKind.AllowedThenSuppressed)]
    [InlineData(ChainKind.AllowedAndOver)]
    public async Task A_call_back_to_the_caller_deadlocks_until_the_time_out(ChainKind kind)
    {
        var (here, there) = await OnTwoSilos<IChainGrain>();
        await Assert.ThrowsAsync<TimeoutException>(() => here.There(there, kind));
    }

    [Fact]
    public async Task A_call_back_gets_in_when_the_caller_allowed_it_on_one_silo_and_across()
    {
        var (here, there) = await OnTwoSilos<IChainGrain>();
        Assert.Equal("reached", await here.There(there, ChainKind.Allowed));
        var (one, other) = await OnOneSilo<IChainGrain>();
        Assert.Equal("reached", await one.There(other, ChainKind.Allowed));
    }

    [Fact]
    public async Task A_call_to_oneself_deadlocks_until_the_time_out() =>
        await Assert.ThrowsAsync<TimeoutException>(() => Grains.GetGrain<IChainGrain>(Key).CallSelf(ChainKind.Closed));

    [Fact]
    public async Task A_call_to_oneself_gets_in_when_allowed() =>
        Assert.Equal("reached", await Grains.GetGrain<IChainGrain>(Key).CallSelf(ChainKind.Allowed));

    [Fact]
    public async Task An_open_chain_lets_in_its_own_calls_only()
    {
        var grain = Grains.GetGrain<IChainGrain>(Key);
        var open = grain.OpenAndWait("go");
        await Scene.Seen("open");
        var stranger = grain.Stranger();
        Scene.Open("go");
        await Task.WhenAll(open, stranger);
        Assert.Equal(["open", "closed", "stranger"], Scene.Notes);
    }
}
