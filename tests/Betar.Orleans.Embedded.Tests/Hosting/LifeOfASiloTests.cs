using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Hosting;

/// <summary>Start, drain, stop and death of single silos, in virtual time.</summary>
public sealed class LifeOfASiloTests
{
    [Fact]
    public void A_silo_takes_grains_only_once_it_is_active() => Sim.Run(1, async sim =>
    {
        var joining = SiloStatus.None;
        var placed = new List<string>();
        await sim.Cluster.StartSiloAsync(silo => silo.AddStartupTask(
            async (services, _) =>
            {
                joining = services.GetRequiredService<Silo>().Status;
                for (var i = 0; i < 20; i++)
                    placed.Add(await services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>($"p{i}").Where());
            },
            ServiceLifecycleStage.ApplicationServices));
        Assert.Equal(SiloStatus.Joining, joining);
        Assert.Equal([sim.Cluster.Silos[0].ToString()], placed.Distinct());
    });

    [Fact]
    public void A_start_up_task_that_fails_fails_the_start_and_leaves_nobody_in_the_cluster() => Sim.Run(1, async sim =>
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => sim.Cluster.StartSiloAsync(
            static silo => silo.AddStartupTask(static (_, _) => throw new InvalidOperationException("cannot start"))));
        Assert.Equal("cannot start", error.Message);
        Assert.Single(sim.Cluster.Silos);
        Assert.Equal(sim.Cluster.Silos, sim.View.Active.AsEnumerable());
        for (var i = 0; i < 20; i++)
            await sim.Probe($"p{i}").Where();
    });

    [Theory]
    [InlineData(0, 900, 30, nameof(GrainCollectionOptions.CollectionQuantum))]
    [InlineData(60, 60, 30, nameof(GrainCollectionOptions.CollectionAge))]
    [InlineData(60, 900, 0, nameof(MessagingOptions.ResponseTimeout))]
    public void Options_that_make_no_sense_fail_the_start_by_name(int quantum, int age, int timeout, string name) => Sim.Run(0, async sim =>
    {
        var error = await Assert.ThrowsAsync<OrleansConfigurationException>(() => sim.Cluster.StartSiloAsync(silo =>
        {
            silo.Configure<GrainCollectionOptions>(options =>
                (options.CollectionQuantum, options.CollectionAge) = (TimeSpan.FromSeconds(quantum), TimeSpan.FromSeconds(age)));
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(timeout));
        }));
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void The_age_of_a_class_must_be_longer_than_the_quantum() => Sim.Run(0, async sim =>
    {
        var error = await Assert.ThrowsAsync<OrleansConfigurationException>(() => sim.Cluster.StartSiloAsync(static silo =>
            silo.Configure<GrainCollectionOptions>(static options => options.ClassSpecificCollectionAge["Some.Class"] = TimeSpan.FromSeconds(1))));
        Assert.Contains("Some.Class", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_stopping_silo_lets_running_calls_end_and_says_goodbye_to_each_grain() => Sim.Run(1, async sim =>
    {
        var call = sim.Probe("a").Wait(TimeSpan.FromSeconds(10));
        await sim.Probe("b").Where();
        await sim.Pass(1);
        var before = sim.Now;
        await sim.Cluster.StopAsync(sim.Cluster.Silos[0]);
        Assert.Equal("1", await call);
        Assert.Equal(9, (sim.Now - before).TotalSeconds);
        Assert.Equal(["bye a ShuttingDown", "bye b ShuttingDown"], sim.Journal.Lines.Order());
    });

    [Fact]
    public void Calls_that_wait_on_a_stopping_silo_are_answered_by_another() => Sim.Run(2, async sim =>
    {
        var home = await sim.Home("a");
        var first = sim.Probe("a").Wait(TimeSpan.FromSeconds(5));
        await sim.Pass(1);
        var second = sim.Probe("a").Where();
        await sim.Pass(1);
        var stop = sim.Cluster.StopAsync(home);
        Assert.Equal("1", await first);
        Assert.NotEqual(home.ToString(), await second);
        await stop;
    });

    [Fact]
    public void A_stopping_silo_takes_no_new_grains() => Sim.Run(2, async sim =>
    {
        var home = await sim.Home("a");
        var held = sim.Probe("a").Wait(TimeSpan.FromSeconds(10));
        await sim.Pass(1);
        var stop = sim.Cluster.StopAsync(home);
        await sim.Pass(1);
        for (var i = 0; i < 20; i++)
            Assert.NotEqual(home.ToString(), await sim.Probe($"new{i}").Where());
        await held;
        await stop;
    });

    [Fact]
    public void A_killed_silo_says_no_goodbye_and_its_timers_are_silent() => Sim.Run(2, async sim =>
    {
        await sim.Probe("a").StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), keepAlive: true, interleave: true);
        var home = await sim.Home("a");
        sim.Cluster.Kill(home);
        sim.Journal.Killed(home.ToString());
        await sim.Pass(60);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void A_killed_silo_does_not_finish_what_it_was_doing() => Sim.Run(2, async sim =>
    {
        var home = await sim.Home("a");
        var call = sim.Probe("a").WaitThenNote(TimeSpan.FromSeconds(5), "finished");
        await sim.Pass(1);
        sim.Cluster.Kill(home);
        sim.Journal.Killed(home.ToString());
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        await sim.Pass(10);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void The_calls_of_a_killed_silo_go_nowhere() => Sim.Run(2, async sim =>
    {
        var (here, there) = await sim.Apart("a", "b");
        var home = await sim.Home(here);
        var call = sim.Probe(here).Forward(sim.Probe(there), 1);
        sim.Cluster.Kill(home);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.Equal(0, await sim.Probe(there).Add(0));
    });

    [Fact]
    public void Without_any_silo_a_call_says_that_there_is_none() => Sim.Run(1, async sim =>
    {
        var probe = sim.Probe("a");
        sim.Cluster.Kill(sim.Cluster.Silos[0]);
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(probe.Where);
        Assert.Equal("No silo of the cluster is active.", error.Message);
    });

    [Fact]
    public void A_silo_may_be_stopped_twice_and_killed_afterwards() => Sim.Run(2, async sim =>
    {
        var silo = sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>();
        await silo.StopAsync(CancellationToken.None);
        await silo.StopAsync(CancellationToken.None);
        silo.Kill();
        Assert.Single(sim.View.Active);
    });

    [Fact]
    public void A_stop_that_is_out_of_patience_leaves_all_the_same() => Sim.Run(2, async sim =>
    {
        var home = await sim.Home("a");
        var call = sim.Probe("a").Wait(TimeSpan.FromMinutes(10));
        await sim.Pass(1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), sim.Simulation.Time);
        var silo = sim.Cluster.ServicesOf(home).GetRequiredService<Silo>();
        await Assert.ThrowsAnyAsync<Exception>(() => silo.StopAsync(patience.Token));
        Assert.True(sim.View.IsDead(home));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
    });

    [Fact]
    public void A_silo_whose_services_are_thrown_away_has_crashed() => Sim.Run(2, async sim =>
    {
        var gone = sim.Cluster.Silos[0];
        await ((IAsyncDisposable)sim.Cluster.ServicesOf(gone)).DisposeAsync();
        Assert.True(sim.View.IsDead(gone));
        await sim.Probe("a").Where();
    });
}
