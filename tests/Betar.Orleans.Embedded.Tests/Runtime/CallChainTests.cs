using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

/// <summary>Who may come back into a grain that waits.</summary>
public sealed class CallChainTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_back_gets_in_when_the_caller_allowed_it(bool apart) => Sim.Run(2, async sim =>
    {
        var (here, there) = apart ? await sim.Apart("a", "b") : await sim.Together("a", "b");
        Assert.Equal($"{there} of {await sim.Home(here)}", await sim.Probe(here).CallBack(there, allow: true));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_back_that_was_not_allowed_waits_until_the_time_out(bool apart) => Sim.Run(2, async sim =>
    {
        var (here, there) = apart ? await sim.Apart("a", "b") : await sim.Together("a", "b");
        var start = sim.Now;
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe(here).CallBack(there, allow: false));
        Assert.InRange((sim.Now - start).TotalSeconds, 30, 30.1);
    });

    [Fact]
    public void A_stranger_does_not_get_in_through_the_open_door() => Sim.Run(2, async sim =>
    {
        var open = sim.Probe("a").OpenAndWait(TimeSpan.FromSeconds(10), sections: 1);
        await sim.Pass(1);
        var start = sim.Now;
        await sim.Probe("a").Where();
        Assert.Equal(9, (sim.Now - start).TotalSeconds);
        await open;
    });

    [Fact]
    public void A_stranger_with_an_open_chain_of_his_own_does_not_get_in_either() => Sim.Run(2, async sim =>
    {
        var open = sim.Probe("a").OpenAndWait(TimeSpan.FromSeconds(10), sections: 1);
        await sim.Pass(1);
        var start = sim.Now;
        await sim.Probe("c").CallBack("a", allow: true);
        Assert.Equal(9, (sim.Now - start).TotalSeconds);
        await open;
    });

    [Fact]
    public void The_door_closes_behind_the_section() => Sim.Run(2, async sim =>
    {
        await sim.Probe("a").CallBack("b", allow: true);
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").CallBackAfterwards("b"));
    });

    [Fact]
    public void The_door_closes_even_within_a_chain_that_is_open_elsewhere() => Sim.Run(2, async sim =>
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").CallBackAfterwardsElsewhere("b", "c")));

    [Fact]
    public void The_door_stays_open_until_the_outermost_section_ends() => Sim.Run(2, async sim =>
        Assert.StartsWith("b of ", await sim.Probe("a").CallBackInside("b"), StringComparison.Ordinal));

    [Fact]
    public void A_grain_further_down_may_shut_the_door() => Sim.Run(2, async sim =>
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").CallBackSuppressed("b")));

    [Fact]
    public void A_chain_may_come_back_through_several_grains() => Sim.Run(3, async sim =>
        Assert.StartsWith("b of ", await sim.Probe("a").CallBackThrough("b", "c"), StringComparison.Ordinal));

    [Fact]
    public void A_section_leaves_the_context_as_it_was()
    {
        Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
        using (RequestContext.AllowCallChainReentrancy())
        {
            var outer = RequestContext.ReentrancyId;
            Assert.NotEqual(Guid.Empty, outer);
            using (RequestContext.AllowCallChainReentrancy())
                Assert.Equal(outer, RequestContext.ReentrancyId);
            using (RequestContext.SuppressCallChainReentrancy())
                Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
            Assert.Equal(outer, RequestContext.ReentrancyId);
        }

        Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
    }

    [Fact]
    public void A_section_keeps_the_values_of_the_context()
    {
        RequestContext.Set("key", "value");
        using (RequestContext.AllowCallChainReentrancy())
            Assert.Equal("value", RequestContext.Get("key"));
        Assert.Equal("value", RequestContext.Get("key"));
        RequestContext.Clear();
        Assert.Empty(RequestContext.Keys);
    }
}
