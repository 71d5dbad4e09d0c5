namespace Betar.Orleans.Embedded.Tests.Timers;

public sealed class GrainTimerTests
{
    [Fact]
    public void A_timer_ticks_when_due_and_then_every_period() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").StartTimer(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), keepAlive: false, interleave: false);
        await sim.Pass(13);
        Assert.Equal(["tick 00:00:02", "tick 00:00:07", "tick 00:00:12"], sim.Journal.Lines);
    });

    [Fact]
    public void A_timer_without_a_period_ticks_once() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").StartTimer(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan, keepAlive: false, interleave: false);
        await sim.Pass(60);
        Assert.Single(sim.Journal.Lines);
    });

    [Fact]
    public void A_tick_waits_for_the_turn_unless_it_interleaves() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").StartTimer(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, keepAlive: false, interleave: false);
        await sim.Probe("b").StartTimer(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, keepAlive: false, interleave: true);
        var first = sim.Probe("a").Wait(TimeSpan.FromSeconds(10));
        var second = sim.Probe("b").Wait(TimeSpan.FromSeconds(10));
        await sim.Pass(5);
        Assert.Single(sim.Journal.Lines);
        await Task.WhenAll(first, second);
        await sim.Pass(1);
        Assert.Equal(2, sim.Journal.Lines.Count);
    });

    [Fact]
    public void A_timer_ends_with_its_activation() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), keepAlive: true, interleave: false);
        await sim.Probe("a").End();
        await sim.Pass(10);
        Assert.Equal(["bye a ApplicationRequested"], sim.Journal.Lines);
    });
}
