using Betar.Libp2p.Discovery;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery;

public sealed class RememberedPeersTests
{
    private static readonly DiscoverySettings OnlyRemembered = new() { Mdns = false, Exchange = false };

    [Fact]
    public void After_a_restart_those_who_were_there_are_found_without_anybodys_help() => Simulated.Run(async run =>
    {
        var store = new MemoryPeerStore(100);
        await using var machines = new Machines(run);
        var first = await machines.StartAsync(1, "10.0.0.1", OnlyRemembered);
        var before = await machines.StartAsync(2, "10.0.0.2", OnlyRemembered, builder => builder.WithPeerStore(store));
        await before.Host.ConnectAsync(first.Address);
        await run.Wait(TimeSpan.FromSeconds(1));
        await before.StopAsync();

        var after = await machines.StartAsync(3, "10.0.0.2", OnlyRemembered, builder => builder.WithPeerStore(store));
        string? source = null;
        after.Discovery.PeerFound += (_, args) => source = args.Source;
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.True(after.Knows(first));
        Assert.Equal("remembered", source);
    });

    [Fact]
    public void The_best_are_dialled_and_those_who_were_only_heard_of_or_met_are_not() => Simulated.Run(async run =>
    {
        var store = new MemoryPeerStore(100);
        await using var machines = new Machines(run);
        for (byte i = 10; i < 40; i++)
            await SaveAsync(run, store, i, i < 36 ? PeerStanding.Reached : PeerStanding.Protected, $"/ip4/10.0.0.{i}/tcp/{5000 + i}");
        await SaveAsync(run, store, 50, PeerStanding.Met, "/ip4/10.0.0.50/tcp/5050");
        await SaveAsync(run, store, 51, PeerStanding.Heard, "/ip4/10.0.0.51/tcp/5051");
        var one = await machines.StartAsync(1, "10.0.0.1", OnlyRemembered, builder => builder.WithPeerStore(store));
        await run.Wait(TimeSpan.FromSeconds(1));

        // The four that were protected, and of the rest those that were seen last.
        int[] expected = [.. Enumerable.Range(24, 16)];
        Assert.Equal(expected, one.Transport.Dialed.Select(address => int.Parse(address.ToString().Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture) - 5000).Order());
    });

    [Fact]
    public void Who_only_came_to_us_or_was_named_is_not_looked_for() => Simulated.Run(async run =>
    {
        var store = new MemoryPeerStore(100);
        await SaveAsync(run, store, 50, PeerStanding.Met, "/ip4/10.0.0.50/tcp/5050");
        await SaveAsync(run, store, 51, PeerStanding.Heard, "/ip4/10.0.0.51/tcp/5051");
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "10.0.0.1", OnlyRemembered, builder => builder.WithPeerStore(store));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Empty(one.Transport.Dialed);
    });

    [Fact]
    public void Nobody_is_looked_for_where_he_was_long_ago() => Simulated.Run(async run =>
    {
        var store = new MemoryPeerStore(100);
        await SaveAsync(run, store, 10, PeerStanding.Reached, "/ip4/10.0.0.10/tcp/5010");
        await run.Wait(TimeSpan.FromHours(25));
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "10.0.0.1", OnlyRemembered, builder => builder.WithPeerStore(store));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Empty(one.Transport.Dialed);
    });

    [Fact]
    public void Switched_off_nobody_is_remembered() => Simulated.Run(async run =>
    {
        var store = new MemoryPeerStore(100);
        await SaveAsync(run, store, 10, PeerStanding.Reached, "/ip4/10.0.0.10/tcp/5010");
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "10.0.0.1", new DiscoverySettings { Mdns = false, Remembered = false }, builder => builder.WithPeerStore(store));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Empty(one.Transport.Dialed);
        Assert.Equal(["exchange"], one.Discovery.Sources);
    });

    [Fact]
    public async Task The_store_gives_the_best_first_and_no_more_than_wanted()
    {
        var store = new MemoryPeerStore(10);
        var now = DateTimeOffset.UnixEpoch;
        await store.SaveAsync(PeerInfo.Unknown(Somebody.Id(1)) with { Standing = PeerStanding.Reached, SeenAt = now }, default);
        await store.SaveAsync(PeerInfo.Unknown(Somebody.Id(2)) with { Standing = PeerStanding.Protected, SeenAt = now }, default);
        await store.SaveAsync(PeerInfo.Unknown(Somebody.Id(3)) with { Standing = PeerStanding.Reached, SeenAt = now.AddSeconds(1), IsConnected = true }, default);

        Assert.Equal([Somebody.Id(2), Somebody.Id(3), Somebody.Id(1)], (await store.BestAsync(9, default)).Select(info => info.Peer));
        Assert.Equal([Somebody.Id(2)], (await store.BestAsync(1, default)).Select(info => info.Peer));
    }

    private static ValueTask SaveAsync(Simulated run, MemoryPeerStore store, byte number, PeerStanding standing, string address) => store.SaveAsync(
        PeerInfo.Unknown(Somebody.Id(number)) with { Standing = standing, OtherAddresses = [Multiaddr.Parse(address)], SeenAt = run.Time.GetUtcNow() + TimeSpan.FromSeconds(number) }, default);
}
