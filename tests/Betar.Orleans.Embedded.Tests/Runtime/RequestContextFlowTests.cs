using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

/// <summary>Which values of the request context arrive where.</summary>
public sealed class RequestContextFlowTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_pass_through_every_grain_of_a_chain(bool apart) => Sim.Run(2, async sim =>
    {
        var (here, there) = apart ? await sim.Apart("a", "b") : await sim.Together("a", "b");
        RequestContext.Set("who", "the buyer");
        Assert.Equal("the buyer", await sim.Probe(here).ContextOf(sim.Probe(there), "who"));
        RequestContext.Clear();
    });

    [Fact]
    public void Without_values_there_are_none() => Sim.Run(2, async sim => Assert.Null(await sim.Probe("a").Context("who")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_values_of_one_call_are_not_those_of_the_next(bool waits) => Sim.Run(1, async sim =>
    {
        RequestContext.Set("who", "the buyer");
        if (waits)
            await sim.Probe("a").Wait(TimeSpan.FromSeconds(1));
        else
            await sim.Probe("a").Where();
        RequestContext.Clear();
        Assert.Null(await sim.Probe("a").Context("who"));
    });

    [Fact]
    public void A_call_that_waited_behind_another_does_not_get_its_values() => Sim.Run(1, async sim =>
    {
        RequestContext.Set("who", "the buyer");
        var first = sim.Probe("a").Wait(TimeSpan.FromSeconds(1));
        RequestContext.Clear();
        var second = sim.Probe("a").Context("who");
        await first;
        Assert.Null(await second);
    });

    [Fact]
    public void What_a_callee_sets_does_not_come_back() => Sim.Run(2, async sim =>
    {
        RequestContext.Set("who", "the buyer");
        await sim.Probe("a").SetContext("who", "the seller");
        Assert.Equal("the buyer", RequestContext.Get("who"));
        RequestContext.Clear();
    });

    [Fact]
    public void What_a_turn_sets_does_not_leak_into_the_next() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").SetContext("who", "the seller");
        Assert.Null(await sim.Probe("a").Context("who"));
    });

    [Fact]
    public void A_value_that_is_an_object_is_the_callees_own() => Sim.Run(1, async sim =>
    {
        var (here, there) = await sim.Together("a", "b");
        Assert.Equal(1, await sim.Probe(here).ShareListWith(sim.Probe(there)));
    });

    [Fact]
    public void A_timer_carries_nobodys_values() => Sim.Run(1, async sim =>
    {
        RequestContext.Set("who", "the buyer");
        await sim.Probe("a").StartContextTimer("who", TimeSpan.FromSeconds(1));
        RequestContext.Clear();
        await sim.Pass(2);
        Assert.Equal(["tick with nothing"], sim.Journal.Lines);
    });

    [Fact]
    public void A_one_way_call_brings_its_values() => Sim.Run(2, async sim =>
    {
        RequestContext.Set("who", "the buyer");
        await sim.Probe("a").NoteContext("who");
        RequestContext.Clear();
        await sim.Pass(1);
        Assert.Equal(["the buyer"], sim.Journal.Lines);
    });

    [Fact]
    public void Enumerations_bring_them_too() => Sim.Run(2, async sim =>
    {
        RequestContext.Set("who", "the buyer");
        var seen = new List<string>();
        await foreach (var one in sim.Probe("a").ContextTwice("who"))
            seen.Add(one);
        RequestContext.Clear();
        Assert.Equal(["the buyer", "the buyer"], seen);
    });

    [Fact]
    public void Removing_a_value_that_is_not_there_says_so()
    {
        Assert.False(RequestContext.Remove("nothing"));
        RequestContext.Set("something", 1);
        Assert.False(RequestContext.Remove("nothing"));
        Assert.True(RequestContext.Remove("something"));
        Assert.Empty(RequestContext.Entries);
    }

    [Fact]
    public async Task A_fork_of_the_flow_keeps_its_changes_to_itself()
    {
        RequestContext.Set("who", "outside");
        await Inside();
        Assert.Equal("outside", RequestContext.Get("who"));
        RequestContext.Clear();

        static async Task Inside()
        {
            RequestContext.Set("who", "inside");
            await Task.Yield();
            Assert.Equal("inside", RequestContext.Get("who"));
        }
    }
}
