namespace Betar.Semantics.Tests.Reminders;

[Collection("timers")]
public sealed class ReminderTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(30);
    static readonly TimeSpan Never = TimeSpan.FromHours(5);

    IReminderGrain Reminder => Grains.GetGrain<IReminderGrain>(Key);

    [Fact]
    public async Task A_reminder_fires_again_and_again()
    {
        Assert.Equal("ring", await Reminder.Register("ring", Soon, Soon));
        await Scene.Seen("ring", 3);
        await Reminder.Unregister("ring");
    }

    [Fact]
    public async Task A_tick_says_when_it_is_and_what_its_period_is()
    {
        var period = TimeSpan.FromMilliseconds(50);
        var before = DateTime.UtcNow;
        await Reminder.Register("ring", Soon, period);
        await Scene.Seen("ring", 2);
        await Reminder.Unregister("ring");
        var ticks = Scene.Ticks.ToArray();
        Assert.All(ticks, tick => Assert.Equal(period, tick.Period));
        Assert.All(ticks, tick => Assert.Equal(ticks[0].FirstTickTime, tick.FirstTickTime));
        Assert.InRange(ticks[0].FirstTickTime, before, DateTime.UtcNow);
        Assert.True(ticks[1].CurrentTickTime > ticks[0].CurrentTickTime);
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_left()
    {
        await Reminder.Register("ring", TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200));
        await Reminder.Leave();
        await Scene.Seen("left");
        var before = Scene.Count("ring");
        await Scene.Seen("ring", before + 1);
        await Reminder.Unregister("ring");
    }

    [Fact]
    public async Task An_unregistered_reminder_is_gone_and_silent()
    {
        await Reminder.Register("ring", Soon, Soon);
        await Scene.Seen("ring");
        await Reminder.Unregister("ring");
        Assert.False(await Reminder.Has("ring"));
        await Reminder.Register("other", Soon, Soon);
        await Scene.Seen("other", 3);
        await Reminder.Unregister("other");

        // One tick may have been on its way when the reminder was taken off.
        Assert.InRange(Scene.Notes.SkipWhile(note => note != "ring unregistered").Count(note => note == "ring"), 0, 1);
    }

    [Fact]
    public async Task Reminders_are_found_by_name_and_listed()
    {
        await Reminder.Register("b", Never, Never);
        await Reminder.Register("a", Never, Never);
        Assert.True(await Reminder.Has("a"));
        Assert.False(await Reminder.Has("c"));
        Assert.Equal(["a", "b"], await Reminder.Names());
        Assert.Empty(await Grains.GetGrain<IReminderGrain>(Key + "/other").Names());
        await Reminder.Unregister("a");
        Assert.Equal(["b"], await Reminder.Names());
        await Reminder.Unregister("b");
    }

    [Fact]
    public async Task Registering_a_name_again_changes_its_times()
    {
        await Reminder.Register("ring", Never, Never);
        await Reminder.Register("ring", Soon, Soon);
        await Scene.Seen("ring", 2);
        Assert.Equal(["ring"], await Reminder.Names());
        await Reminder.Unregister("ring");
    }

    [Fact]
    public async Task A_failing_reminder_fires_again()
    {
        await Reminder.FailOn("ring");
        await Reminder.Register("ring", Soon, Soon);
        await Scene.Seen("ring", 3);
        await Reminder.Unregister("ring");
    }

    [Fact]
    public async Task Two_reminders_of_one_grain_go_their_own_ways()
    {
        await Reminder.Register("one", Soon, Soon);
        await Reminder.Register("other", Soon, Soon);
        await Scene.Seen("one", 2);
        await Scene.Seen("other", 2);
        await Reminder.Unregister("one");
        await Reminder.Unregister("other");
    }

    [Fact]
    public async Task A_grain_that_is_not_remindable_cannot_register() =>
        await Assert.ThrowsAsync<InvalidOperationException>(Grains.GetGrain<IForgetfulGrain>(Key).Register);

    [Fact]
    public async Task A_period_of_zero_is_refused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Reminder.Register("ring", Soon, TimeSpan.Zero));

    [Fact]
    public async Task A_negative_due_time_is_refused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Reminder.Register("ring", TimeSpan.FromSeconds(-1), Soon));
}
