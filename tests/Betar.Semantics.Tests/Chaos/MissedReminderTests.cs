using System.Diagnostics;
using Betar.Semantics.Tests.Reminders;

namespace Betar.Semantics.Tests.Chaos;

/// <summary>Ticks that were missed while no silo ran are not made up for.</summary>
public sealed class MissedReminderTests
{
    [Fact]
    public async Task Missed_ticks_collapse_and_the_next_comes_on_the_beat()
    {
        var key = Guid.NewGuid().ToString("N");
        var scene = Scene.Of(key);
        var period = TimeSpan.FromMilliseconds(400);
        var first = await Deployed(key);
        var grain = first.GrainFactory.GetGrain<IReminderGrain>(key);
        await grain.Register("ring", TimeSpan.Zero, period);
        await scene.Seen("ring");
        var row = await SharedReminders.Of(key).ReadRow(grain.GetGrainId(), "ring");
        await first.StopAllSilosAsync();
        await first.DisposeAsync();

        // As if it had been down for a thousand periods.
        row!.StartAt -= period * 1000;
        await SharedReminders.Of(key).UpsertRow(row);
        var seen = scene.Ticks.Count;
        var clock = Stopwatch.StartNew();
        var second = await Deployed(key);
        await scene.Seen("ring", seen + 3);
        await second.GrainFactory.GetGrain<IReminderGrain>(key).Unregister("ring");
        await second.StopAllSilosAsync();
        await second.DisposeAsync();

        var ticks = scene.Ticks.Skip(seen).ToArray();
        Assert.True(ticks.Length <= (clock.Elapsed / period) + 2, $"{ticks.Length} ticks in {clock.Elapsed}: the missed ones were made up for");
        Assert.All(ticks, tick => Assert.Equal(period, tick.Period));
    }

    static async Task<TestCluster> Deployed(string serviceId)
    {
        var builder = new TestClusterBuilder(1);
        builder.Options.ServiceId = serviceId;
        builder.AddSiloBuilderConfigurator<SiloSetup>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
