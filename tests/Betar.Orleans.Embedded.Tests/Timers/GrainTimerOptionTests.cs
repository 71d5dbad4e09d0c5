using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Timers;

/// <summary>Every option of a timer and every change of one, in virtual time.</summary>
public sealed class GrainTimerOptionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_period_runs_from_the_end_of_one_tick_to_the_start_of_the_next() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, 5 * Second, takes: 2 * Second);
        await sim.Pass(18);
        Assert.Equal(["t 1", "t 8", "t 15"], sim.Journal.Lines);
    });

    [Fact]
    public void A_timer_without_a_due_time_waits_until_it_is_changed() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Timeout.InfiniteTimeSpan, Second);
        await sim.Pass(10);
        Assert.Empty(sim.Journal.Lines);
        await clock.Change("t", 2 * Second, 3 * Second);
        await sim.Pass(6);
        Assert.Equal(["t 12", "t 15"], sim.Journal.Lines);
    });

    [Fact]
    public void A_change_replaces_due_time_and_period() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, Second);
        await sim.Pass(TimeSpan.FromSeconds(2.5));
        await clock.Change("t", TimeSpan.FromSeconds(4.5), 10 * Second);
        await sim.Pass(16);
        Assert.Equal(["t 1", "t 2", "t 7", "t 17"], sim.Journal.Lines);
    });

    [Fact]
    public void A_change_within_the_tick_holds_from_its_end_and_once() => Run(async (sim, clock) =>
    {
        await clock.StartChangingItself("t", Second, due: 5 * Second, period: 2 * Second);
        await sim.Pass(11);
        Assert.Equal(["t 1", "t 6", "t 8", "t 10"], sim.Journal.Lines);
    });

    [Fact]
    public void A_timer_may_be_silenced_and_woken() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, Second);
        await sim.Pass(TimeSpan.FromSeconds(1.5));
        await clock.Change("t", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await sim.Pass(TimeSpan.FromSeconds(8.5));
        await clock.Change("t", Second, Timeout.InfiniteTimeSpan);
        await sim.Pass(10);
        Assert.Equal(["t 1", "t 11"], sim.Journal.Lines);
    });

    [Fact]
    public void A_disposed_timer_cannot_be_woken() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, Second);
        await clock.Stop("t");
        await clock.Change("t", Second, Second);
        await sim.Pass(10);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void A_tick_that_waits_for_its_turn_when_the_timer_is_disposed_of_does_not_run() => Run(async (sim, clock) =>
    {
        await clock.Start("t", 2 * Second, Second);
        await clock.HoldThenStop("t", 5 * Second);
        await sim.Pass(10);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void Disposing_of_a_timer_cancels_the_token_of_its_tick() => Run(async (sim, clock) =>
    {
        await clock.StartWaitingForever("t", interleave: true);
        await sim.Pass(2);
        await clock.Stop("t");
        await sim.Pass(1);
        Assert.Equal(["t waits", "t cancelled"], sim.Journal.Lines);
    });

    [Fact]
    public void A_deactivation_that_waits_for_a_tick_runs_after_it() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, Second, takes: 5 * Second);
        await sim.Pass(2);
        await clock.Leave();
        await sim.Pass(20);
        Assert.Equal(["t 1", "left 6"], sim.Journal.Lines);
    });

    [Fact]
    public void A_tick_that_fails_is_followed_by_the_next() => Run(async (sim, clock) =>
    {
        await clock.StartFailing("t", Second, Second);
        await sim.Pass(TimeSpan.FromSeconds(3.5));
        Assert.Equal(["t 1", "t 2", "t 3"], sim.Journal.Lines);
    });

    [Fact]
    public void Timers_of_one_grain_do_not_tick_at_the_same_time() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, Timeout.InfiniteTimeSpan, takes: 3 * Second);
        await clock.Start("u", 2 * Second, Timeout.InfiniteTimeSpan);
        await sim.Pass(10);
        Assert.Equal(["t 1", "u 4"], sim.Journal.Lines);
    });

    [Fact]
    public void Interleaving_timers_of_one_grain_do() => Run(async (sim, clock) =>
    {
        await clock.Start("t", Second, Timeout.InfiniteTimeSpan, takes: 3 * Second);
        await clock.Start("u", 2 * Second, Timeout.InfiniteTimeSpan, interleave: true);
        await sim.Pass(10);
        Assert.Equal(["t 1", "u 2"], sim.Journal.Lines);
    });

    [Fact]
    public void A_timer_may_be_due_in_months() => Run(async (sim, clock) =>
    {
        await clock.Start("t", TimeSpan.FromDays(40), Timeout.InfiniteTimeSpan, interleave: true, keepAlive: true);
        await clock.StayFor(TimeSpan.FromDays(100));
        await sim.Pass(TimeSpan.FromDays(39));
        Assert.Empty(sim.Journal.Lines);
        await sim.Pass(TimeSpan.FromDays(2));
        Assert.Single(sim.Journal.Lines);
    });

    [Theory]
    [InlineData(-5, 1, "The due time is negative.")]
    [InlineData(1, -5, "The period is negative.")]
    public void A_negative_time_is_refused(int due, int period, string why) => Run(async (sim, clock) =>
    {
        var refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => clock.Start("t", due * Second, period * Second));
        Assert.StartsWith(why, refusal.Message, StringComparison.Ordinal);
        await clock.Start("u", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => clock.Change("u", due * Second, period * Second));
    });

    [Fact]
    public void Options_are_equal_by_their_values()
    {
        var options = new GrainTimerCreationOptions(Second, 2 * Second) { Interleave = true };
        Assert.Equal(options, options with { });
        Assert.True(options == new GrainTimerCreationOptions { DueTime = Second, Period = 2 * Second, Interleave = true });
        Assert.True(options != options with { DueTime = 2 * Second });
        Assert.True(options != options with { Period = Second });
        Assert.True(options != options with { Interleave = false });
        Assert.True(options != options with { KeepAlive = true });
        Assert.Equal(options.GetHashCode(), (options with { }).GetHashCode());
    }

    private static void Run(Func<Sim, IClockGrain, Task> body) => Sim.Run(1, sim => body(sim, sim.Cluster.Client.GetGrain<IClockGrain>("c")));
}
