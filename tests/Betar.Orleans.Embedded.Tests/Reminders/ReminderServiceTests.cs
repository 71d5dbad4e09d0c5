using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Reminders;

/// <summary>Reminders in virtual time, which begins on the first of a month at midnight.</summary>
public sealed class ReminderServiceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly UnsteadyReminders _table = new();

    [Fact]
    public void A_reminder_ticks_when_due_and_then_every_period() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await sim.Pass(13 * 60);
        Assert.Equal(["r 1 00:02:00", "r 1 00:07:00", "r 1 00:12:00"], sim.Journal.Lines);
    });

    [Fact]
    public void A_tick_says_when_the_first_one_was_and_which_one_it_is() => Run(1, async sim =>
    {
        var first = sim.Now.UtcDateTime + 2 * Minute;
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await sim.Pass(8 * 60);
        Assert.Equal([(first, first, 5 * Minute), (first, first + 5 * Minute, 5 * Minute)],
            sim.Journal.Ticks.Select(static tick => (tick.FirstTickTime, tick.CurrentTickTime, tick.Period)));
    });

    [Fact]
    public void A_reminder_that_is_due_at_once_ticks_at_once() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", TimeSpan.Zero, 5 * Minute);
        await sim.Pass(1);
        Assert.Equal(["r 1 00:00:00"], sim.Journal.Lines);
    });

    [Fact]
    public void A_reminder_may_be_due_in_months() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", TimeSpan.FromDays(70), TimeSpan.FromDays(60));
        await sim.Pass(TimeSpan.FromDays(40));
        await sim.Pass(TimeSpan.FromDays(29));
        Assert.Empty(sim.Journal.Lines);
        await sim.Pass(TimeSpan.FromDays(31));
        await sim.Pass(TimeSpan.FromDays(31));
        Assert.Equal(2, sim.Journal.Lines.Count);
    });

    [Fact]
    public void Ticks_that_were_missed_are_not_made_up_for_and_the_next_is_on_the_grid() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await sim.Pass(3 * 60);
        sim.Cluster.Kill(sim.Cluster.Silos[0]);
        await sim.Pass(17 * 60);
        await sim.Cluster.StartSiloAsync();
        await sim.Pass(8 * 60);
        Assert.Equal(["r 1 00:02:00", "r 1 00:22:00", "r 1 00:27:00"], sim.Journal.Lines);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_its_silo_is_gone_another_one_fires_it(bool kill) => Run(3, async sim =>
    {
        for (var i = 0; i < 6; i++)
            await Alarm(sim, $"a{i}").Set($"r{i}", 2 * Minute, 5 * Minute);
        await sim.Pass(3 * 60);
        foreach (var silo in sim.Cluster.Silos.Skip(1))
        {
            if (kill)
                sim.Cluster.Kill(silo);
            else
                await sim.Cluster.StopAsync(silo);
        }

        await sim.Pass(5 * 60);
        for (var i = 0; i < 6; i++)
            Assert.Equal(2, sim.Journal.Lines.Count(line => line.StartsWith($"r{i} ", StringComparison.Ordinal)));
    });

    [Fact]
    public void When_a_silo_joins_nothing_ticks_twice_and_nothing_is_lost() => Run(1, async sim =>
    {
        for (var i = 0; i < 12; i++)
            await Alarm(sim, $"a{i}").Set($"r{i}", 2 * Minute, 5 * Minute);
        await sim.Cluster.StartSiloAsync();
        await sim.Cluster.StartSiloAsync();
        await sim.Pass(8 * 60);
        Assert.Equal(24, sim.Journal.Lines.Count);
        Assert.Equal(24, sim.Journal.Lines.Distinct().Count());
    });

    [Fact]
    public void Setting_a_reminder_again_changes_its_times() => Run(2, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await Alarm(sim).Set("r", 4 * Minute, 10 * Minute);
        await sim.Pass(15 * 60);
        Assert.Equal(["r 1 00:04:00", "r 1 00:14:00"], sim.Journal.Lines);
    });

    [Fact]
    public void A_removed_reminder_is_silent() => Run(2, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await Alarm(sim).Set("s", 3 * Minute, 5 * Minute);
        await sim.Pass(4 * 60);
        Assert.True(await Alarm(sim).Remove("r"));
        await sim.Pass(5 * 60);
        Assert.Equal(["r 1 00:02:00", "s 1 00:03:00", "s 1 00:08:00"], sim.Journal.Lines);
        Assert.Equal(["s"], await Alarm(sim).Names());
    });

    [Fact]
    public void A_failing_tick_is_followed_by_the_next() => Run(1, async sim =>
    {
        await Alarm(sim).BeBroken();
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await sim.Pass(8 * 60);
        Assert.Equal(2, sim.Journal.Lines.Count);
    });

    [Fact]
    public void A_tick_that_takes_longer_than_the_period_is_not_overtaken_by_the_next() => Run(1, async sim =>
    {
        await Alarm(sim).BeSlow(TimeSpan.FromSeconds(25));
        await Alarm(sim).Set("r", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        await sim.Pass(80);
        Assert.Equal(["r 1 00:00:10", "r 1 00:00:40", "r 1 00:01:10"], sim.Journal.Lines);
    });

    [Fact]
    public void What_others_write_into_the_table_is_found_at_the_next_look() => Run(1, async sim =>
    {
        var grain = Alarm(sim).GetGrainId();
        var etag = await _table.UpsertRow(new() { GrainId = grain, ReminderName = "r", StartAt = sim.Now.UtcDateTime + Minute / 2, Period = 2 * Minute });
        await sim.Pass(9 * 60);
        Assert.Equal(["r 1 00:06:30", "r 1 00:08:30"], sim.Journal.Lines);
        Assert.True(await _table.RemoveRow(grain, "r", etag!));
        await sim.Pass(20 * 60);
        Assert.Equal(2, sim.Journal.Lines.Count);
    });

    [Fact]
    public void A_table_that_is_away_for_a_while_is_read_again_when_it_is_back() => Run(1, async sim =>
    {
        var grain = Alarm(sim).GetGrainId();
        _table.IsAway = true;
        await sim.Pass(12 * 60);
        _table.IsAway = false;
        await _table.UpsertRow(new() { GrainId = grain, ReminderName = "r", StartAt = sim.Now.UtcDateTime, Period = 60 * Minute });
        await sim.Pass(120 * 60);
        Assert.NotEmpty(sim.Journal.Lines);
    });

    [Fact]
    public void A_row_without_a_sensible_period_keeps_no_other_row_from_ticking() => Run(1, async sim =>
    {
        var grain = Alarm(sim).GetGrainId();
        await _table.UpsertRow(new() { GrainId = grain, ReminderName = "bad", StartAt = sim.Now.UtcDateTime - Minute, Period = TimeSpan.Zero });
        await _table.UpsertRow(new() { GrainId = grain, ReminderName = "good", StartAt = sim.Now.UtcDateTime, Period = 2 * Minute });
        await sim.Pass(7 * 60);
        Assert.Equal(["good 1 00:06:00"], sim.Journal.Lines);
    });

    [Fact]
    public void A_stopped_silo_reads_the_table_no_more_and_fires_nothing() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        await sim.Cluster.StopAsync(sim.Cluster.Silos[0]);
        var reads = _table.Reads;
        await sim.Pass(60 * 60);
        Assert.Equal(reads, _table.Reads);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void Removing_tries_again_when_somebody_else_was_faster() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        _table.Overtaken = 3;
        Assert.True(await Alarm(sim).Remove("r"));
        Assert.Equal(4, _table.Removals);
        Assert.Empty(await Alarm(sim).Names());
    });

    [Fact]
    public void Removing_gives_up_when_others_are_always_faster() => Run(1, async sim =>
    {
        await Alarm(sim).Set("r", 2 * Minute, 5 * Minute);
        _table.Overtaken = int.MaxValue;
        await Assert.ThrowsAsync<ReminderException>(() => Alarm(sim).Remove("r"));
        Assert.Equal(6, _table.Removals);
    });

    [Fact]
    public void A_period_below_the_least_one_is_refused() => Run(1, async sim =>
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Alarm(sim).Set("r", Minute, TimeSpan.FromSeconds(9)));
        Assert.Contains(nameof(ReminderOptions.MinimumReminderPeriod), refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await Alarm(sim).Names());
    });

    [Fact]
    public void A_reminder_without_a_name_is_refused() => Run(1, async sim =>
        await Assert.ThrowsAsync<ArgumentException>(() => Alarm(sim).Set("", Minute, Minute)));

    [Fact]
    public void A_negative_due_time_is_refused() => Run(1, async sim =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Alarm(sim).Set("r", -Minute, Minute)));

    [Fact]
    public void A_silo_without_reminders_says_how_to_get_them() => Sim.Run(1, async sim =>
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Alarm(sim).Set("r", Minute, Minute));
        Assert.Contains("UseInMemoryReminderService", error.Message, StringComparison.Ordinal);
    });

    private static IAlarmGrain Alarm(Sim sim, string key = "a") => sim.Cluster.Client.GetGrain<IAlarmGrain>(key);

    private void Run(int silos, Func<Sim, Task> body) => Sim.Run(silos, body, silo =>
    {
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable>(_table);
        silo.Configure<ReminderOptions>(static options => options.MinimumReminderPeriod = TimeSpan.FromSeconds(10));
    });
}
