using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Directory;

public sealed class InProcessDirectoryTests
{
    private static readonly GrainId Grain = GrainId.Create("probe", "a");
    private readonly InProcessMembership _membership = new();
    private readonly InProcessDirectory _directory;

    public InProcessDirectoryTests() => _directory = new(_membership);

    [Fact]
    public async Task Nobody_hosts_a_grain_that_was_never_registered() => Assert.Null(await _directory.LookupAsync(Grain));

    [Fact]
    public async Task A_registered_address_is_found()
    {
        var address = On(Silos.Active(_membership, 1));
        Assert.Same(address, await _directory.RegisterAsync(address));
        Assert.Same(address, await _directory.LookupAsync(Grain));
    }

    [Fact]
    public async Task The_second_to_register_is_told_of_the_first()
    {
        var first = On(Silos.Active(_membership, 1));
        var second = On(Silos.Active(_membership, 2));
        await _directory.RegisterAsync(first);
        Assert.Same(first, await _directory.RegisterAsync(second));
        Assert.Same(first, await _directory.LookupAsync(Grain));
    }

    [Fact]
    public async Task Registering_twice_is_registering_once()
    {
        var address = On(Silos.Active(_membership, 1));
        await _directory.RegisterAsync(address);
        Assert.Same(address, await _directory.RegisterAsync(address));
        Assert.Equal(1, _directory.Count);
    }

    [Fact]
    public async Task The_death_of_a_silo_sweeps_its_addresses_and_no_others()
    {
        var dying = Silos.Active(_membership, 1);
        var living = Silos.Active(_membership, 2);
        for (var i = 0; i < 10; i++)
            await _directory.RegisterAsync(On(i < 7 ? dying : living, GrainId.Create("probe", $"g{i}")));
        _membership.SetStatus(dying, "", SiloStatus.Dead);
        Assert.Equal(3, _directory.Count);
        Assert.Null(await _directory.LookupAsync(GrainId.Create("probe", "g0")));
        Assert.NotNull(await _directory.LookupAsync(GrainId.Create("probe", "g7")));
    }

    [Fact]
    public async Task A_silo_that_is_only_leaving_keeps_its_addresses()
    {
        var leaving = Silos.Active(_membership, 1);
        await _directory.RegisterAsync(On(leaving));
        _membership.SetStatus(leaving, "", SiloStatus.ShuttingDown);
        Assert.Equal(1, _directory.Count);
    }

    [Fact]
    public async Task A_dead_silo_cannot_register()
    {
        var dead = Silos.Active(_membership, 1);
        _membership.SetStatus(dead, "", SiloStatus.Dead);
        Assert.Null(await _directory.RegisterAsync(On(dead)));
        Assert.Equal(0, _directory.Count);
    }

    [Fact]
    public async Task A_silo_that_nobody_knows_cannot_register()
    {
        Assert.Null(await _directory.RegisterAsync(On(Silos.Address(9))));
        Assert.Equal(0, _directory.Count);
    }

    [Fact]
    public async Task An_address_whose_silo_has_been_forgotten_gives_way()
    {
        var forgotten = Silos.Active(_membership, 1);
        await _directory.RegisterAsync(On(forgotten));
        _membership.SetStatus(forgotten, "", SiloStatus.Dead);
        for (var i = 0; i < 200; i++)
            _membership.SetStatus(Silos.Active(_membership, 100 + i), "", SiloStatus.Dead);
        var next = On(Silos.Active(_membership, 2));
        Assert.Same(next, await _directory.RegisterAsync(next));
    }

    [Fact]
    public async Task An_unregistered_address_is_gone_and_the_key_is_free()
    {
        var first = On(Silos.Active(_membership, 1));
        await _directory.RegisterAsync(first);
        await _directory.UnregisterAsync(first);
        Assert.Null(await _directory.LookupAsync(Grain));
        var second = On(Silos.Active(_membership, 2));
        Assert.Same(second, await _directory.RegisterAsync(second));
    }

    [Fact]
    public async Task An_activation_that_lost_the_race_cannot_unregister_the_winner()
    {
        var silo = Silos.Active(_membership, 1);
        var winner = On(silo);
        var loser = On(silo);
        await _directory.RegisterAsync(winner);
        await _directory.RegisterAsync(loser);
        await _directory.UnregisterAsync(loser);
        Assert.Same(winner, await _directory.LookupAsync(Grain));
    }

    [Fact]
    public async Task Of_many_that_register_at_once_all_are_told_the_same_one()
    {
        var silos = Enumerable.Range(1, 8).Select(i => Silos.Active(_membership, i)).ToArray();
        using var start = new Barrier(silos.Length);
        var told = await Task.WhenAll(silos.Select(silo => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return _directory.RegisterAsync(On(silo)).AsTask();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
        Assert.Single(told.Distinct());
        Assert.NotNull(told[0]);
    }

    private static GrainAddress On(SiloAddress silo, GrainId? grain = null) =>
        new() { GrainId = grain ?? Grain, ActivationId = ActivationId.NewId(), SiloAddress = silo };
}
