using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Messaging;

/// <summary>What was sent to a silo that has just gone and is not yet known to be.</summary>
public sealed class RefusedMessageTests
{
    private readonly MoodyLink _link = new();

    [Fact]
    public void A_call_that_nobody_took_is_sent_again() => Run(async sim =>
    {
        _link.Refusals = 3;
        Assert.Equal(1, await sim.Probe("a").Add(1));
        Assert.Equal(1, await sim.Probe("a").Add(0));
    });

    [Fact]
    public void A_one_way_call_that_nobody_took_is_sent_again() => Run(async sim =>
    {
        _link.Refusals = 3;
        await sim.Probe("a").Note("arrived");
        await sim.Pass(1);
        Assert.Equal(["arrived"], sim.Journal.Lines);
    });

    [Fact]
    public void A_call_that_nobody_ever_takes_fails_at_last() => Run(async sim =>
    {
        _link.Refusals = int.MaxValue;
        var start = sim.Now;
        var error = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => sim.Probe("a").Add(1));
        Assert.Contains("probe/a found no activation in 16 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(start, sim.Now);
        _link.Refusals = 0;
        Assert.Equal(0, await sim.Probe("a").Add(0));
    });

    private void Run(Func<Sim, Task> body) => Sim.Run(2, body, link: _link);
}
