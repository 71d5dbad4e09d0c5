namespace Betar.Semantics.Tests.Timers;

[Collection("timers")]
public sealed class TimerTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    ITimerGrain Timer => Grains.GetGrain<ITimerGrain>(Key);

    ITimerGrain Other => Grains.GetGrain<ITimerGrain>(Key + "/other");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_ticks_again_and_again(bool interleave)
    {
        await Timer.Start("tick", TimeSpan.Zero, Soon, interleave);
        await Scene.Seen("tick", 5);
        await Timer.Dispose("tick");
    }

    [Fact]
    public async Task Without_a_period_it_ticks_once()
    {
        await Timer.Start("once", TimeSpan.Zero, Timeout.InfiniteTimeSpan, false);
        await Timer.Start("often", Soon, Soon, false);
        await Scene.Seen("once");
        await Scene.Seen("often", 10);
        Assert.Equal(1, Scene.Count("once"));
        await Timer.Dispose("often");
    }

    [Fact]
    public async Task Without_a_due_time_it_does_not_tick_until_it_is_changed()
    {
        await Timer.Start("late", Timeout.InfiniteTimeSpan, Soon, false);
        await Timer.Start("often", Soon, Soon, false);
        await Scene.Seen("often", 5);
        Assert.Equal(0, Scene.Count("late"));
        await Timer.Change("late", TimeSpan.Zero, Soon);
        await Scene.Seen("late", 2);
        await Timer.Change("late", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await Timer.Plain("changed");
        var before = Scene.Count("often");
        await Scene.Seen("often", before + 5);
        Assert.Equal(Scene.Notes.TakeWhile(note => note != "changed").Count(note => note == "late"), Scene.Count("late"));
        await Timer.Dispose("often");
    }

    [Fact]
    public async Task A_disposed_timer_is_silent()
    {
        await Timer.Start("tick", TimeSpan.Zero, Soon, false);
        await Timer.Start("often", Soon, Soon, false);
        await Scene.Seen("tick", 2);
        await Timer.Dispose("tick");
        var before = Scene.Count("often");
        await Scene.Seen("often", before + 5);
        Assert.DoesNotContain("tick", Scene.Notes.SkipWhile(note => note != "tick disposed"));
        await Timer.Dispose("often");
    }

    [Fact]
    public async Task A_timer_may_dispose_of_itself_in_its_tick()
    {
        await Timer.StartOnce("once");
        await Timer.Start("often", Soon, Soon, false);
        await Scene.Seen("once");
        await Scene.Seen("often", 5);
        Assert.Equal(1, Scene.Count("once"));
        await Timer.Dispose("often");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ticks_of_one_timer_do_not_overlap(bool interleave)
    {
        await Timer.StartHeld("tick", interleave);
        await Scene.Seen("tick begins");
        await Other.Start("often", Soon, Soon, false);
        await Scene.Seen("often", 5);
        Assert.Equal(1, Scene.Count("tick begins"));
        Scene.Open("tick");
        await Scene.Seen("tick ends", 3);
        await Timer.Dispose("tick");
        await Other.Dispose("often");
        Assert.Equal(
            Enumerable.Range(0, 3).SelectMany(_ => new[] { "tick begins", "tick ends" }),
            Scene.Notes.Where(note => note is "tick begins" or "tick ends").Take(6));
    }

    [Fact]
    public async Task A_plain_tick_holds_the_turn()
    {
        await Timer.StartHeld("tick", interleave: false);
        await Scene.Seen("tick begins");
        var plain = Timer.Plain("plain");
        Scene.Open("tick");
        await plain;
        Assert.Equal(["tick begins", "tick ends", "plain"], Scene.Notes.Where(note => note != "plain").Take(2).Append("plain"));
        Assert.True(Scene.Notes.ToList().IndexOf("plain") > Scene.Notes.ToList().IndexOf("tick ends"));
        await Timer.Dispose("tick");
    }

    [Fact]
    public async Task Calls_get_in_while_an_interleaving_tick_waits()
    {
        await Timer.StartHeld("tick", interleave: true);
        await Scene.Seen("tick begins");
        await Timer.Plain("plain");
        Assert.Equal(["tick begins", "plain"], Scene.Notes);
        await Timer.Dispose("tick");
        Scene.Open("tick");
    }

    [Fact]
    public async Task A_plain_tick_waits_for_the_turn_of_a_call_and_an_interleaving_one_does_not()
    {
        var turn = Timer.StartAndHold("go");
        await Scene.Seen("interleaving tick");
        Assert.Equal(["interleaving tick"], Scene.Notes);
        Scene.Open("go");
        await turn;
        await Scene.Seen("plain tick");
        Assert.Equal(["interleaving tick", "turn ends", "plain tick"], Scene.Notes);
    }

    [Fact]
    public async Task Disposing_of_a_timer_cancels_the_token_of_its_running_tick()
    {
        await Timer.StartHeld("tick", interleave: true);
        await Scene.Seen("tick begins");
        await Timer.DisposeAtOnce("tick");
        await Scene.Seen("tick cancelled");
        Scene.Open("tick");
        await Scene.Seen("tick ends");
    }

    [Fact]
    public async Task State_and_token_are_handed_to_the_tick()
    {
        await Timer.StartWithState("tick", "state");
        await Scene.Seen("state True");
    }

    [Fact]
    public async Task A_failing_tick_does_not_stop_the_timer()
    {
        await Timer.StartFailing("tick");
        await Scene.Seen("tick", 3);
        await Timer.Dispose("tick");
    }

    [Fact]
    public async Task A_tick_runs_on_the_scheduler_of_the_grain()
    {
        await Timer.StartAndNoteScheduler("tick");
        await Scene.Seen("on the grain");
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        await Timer.Start("tick", TimeSpan.Zero, Soon, false);
        await Scene.Seen("tick", 2);
        await Timer.Leave();
        await Scene.Seen("left");
        await Other.Start("often", TimeSpan.Zero, Soon, false);
        await Scene.Seen("often", 5);
        Assert.DoesNotContain("tick", Scene.Notes.SkipWhile(note => note != "often"));
        await Other.Dispose("often");
    }

    [Fact]
    public async Task A_timer_may_start_with_the_activation()
    {
        await Grains.GetGrain<ITimerGrain>(Key + "/from-the-start").Plain("called");
        await Scene.Seen("from the start");
    }
}
