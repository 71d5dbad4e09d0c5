namespace Betar.Semantics.Tests.Chaos;

/// <summary>What callers see when a silo dies without a goodbye.</summary>
public sealed class ChaosTests : IAsyncLifetime
{
    static readonly string[] Allowed = [nameof(TimeoutException), nameof(SiloUnavailableException), nameof(OrleansMessageRejectionException)];

    readonly string _key = Guid.NewGuid().ToString("N");
    TestCluster _cluster = null!;

    Scene Scene => Scene.Of(_key);

    public async Task InitializeAsync()
    {
        var builder = new TestClusterBuilder(2);
        builder.AddSiloBuilderConfigurator<ChaosSetup>();
        builder.AddClientBuilderConfigurator<ChaosClientSetup>();
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_call_in_flight_to_a_killed_silo_fails_and_the_next_activates_elsewhere()
    {
        var victim = _cluster.SecondarySilos[0];
        var grain = await GrainOn(victim.SiloAddress);
        Assert.Equal(1, await grain.Increment());
        var held = grain.Hold("never");
        await Scene.Seen("holding");
        await _cluster.KillSiloAsync(victim);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => held);
        Assert.Contains(error.GetType().Name, Allowed);
        Assert.Equal(2, await Retried(grain.Increment));
        Assert.Equal(_cluster.Primary!.SiloAddress, await grain.Silo());
    }

    [Fact]
    public async Task A_grain_that_calls_into_a_killed_silo_gets_an_exception_of_the_engine()
    {
        var victim = _cluster.SecondarySilos[0];
        var grain = await GrainOn(victim.SiloAddress);
        var caller = await GrainOn(_cluster.Primary!.SiloAddress);
        var held = caller.HoldAnother(grain, "never");
        await Scene.Seen("holding");
        await _cluster.KillSiloAsync(victim);
        try
        {
            Assert.Contains(await held, Allowed);
        }
        catch (TimeoutException)
        {
            // The caller's own call runs out of time at the same moment.
        }

        Assert.Equal(1, await Retried(grain.Calls));
    }

    [Fact]
    public async Task Memory_dies_with_its_silo_and_what_was_written_does_not()
    {
        var victim = _cluster.SecondarySilos[0];
        var grain = await GrainOn(victim.SiloAddress);
        await grain.Increment();
        await grain.Increment();
        Assert.Equal(1, await grain.Calls());
        Assert.Equal(2, await grain.Calls());
        await _cluster.KillSiloAsync(victim);
        Assert.Equal(1, await Retried(grain.Calls));
        Assert.Equal(3, await Retried(grain.Increment));
    }

    [Fact]
    public async Task Grains_of_other_silos_do_not_notice()
    {
        var survivor = await GrainOn(_cluster.Primary!.SiloAddress);
        await survivor.Calls();
        await _cluster.KillSiloAsync(_cluster.SecondarySilos[0]);
        Assert.Equal(2, await Retried(survivor.Calls));
    }

    [Fact]
    public async Task A_silo_started_after_a_kill_takes_grains()
    {
        await _cluster.KillSiloAsync(_cluster.SecondarySilos[0]);
        var added = await _cluster.StartAdditionalSiloAsync();
        var grain = await GrainOn(added.SiloAddress);
        Assert.Equal(1, await Retried(grain.Calls));
    }

    [Fact]
    public async Task A_reminder_fires_on_after_its_silo_stopped()
    {
        var grain = await ReminderOn(_cluster.SecondarySilos[0].SiloAddress);
        await grain.Register("ring", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        await Scene.Seen("ring");
        await _cluster.StopSiloAsync(_cluster.SecondarySilos[0]);
        var before = Scene.Count("ring");
        await Scene.Seen("ring", before + 3);
        await grain.Unregister("ring");
    }

    /// <summary>Calls until the cluster knows of the death; only the engine's own exceptions are forgiven.</summary>
    static async Task<T> Retried<T>(Func<Task<T>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (Allowed.Contains(error.GetType().Name) && attempt < 20)
            {
                await Task.Yield();
            }
        }
    }

    async Task<ISurvivorGrain> GrainOn(SiloAddress silo)
    {
        for (var i = 0; i < 1000; i++)
        {
            var grain = _cluster.GrainFactory.GetGrain<ISurvivorGrain>($"{_key}/{i}");
            if ((await Retried(grain.Silo)).Equals(silo))
            {
                return grain;
            }
        }

        throw new InvalidOperationException("no grain of 1000 on that silo");
    }

    async Task<Reminders.IReminderGrain> ReminderOn(SiloAddress silo)
    {
        for (var i = 0; i < 1000; i++)
        {
            var grain = _cluster.GrainFactory.GetGrain<Reminders.IReminderGrain>($"{_key}/{i}");
            if ((await grain.Silo()).Equals(silo))
            {
                return grain;
            }
        }

        throw new InvalidOperationException("no grain of 1000 on that silo");
    }
}
