using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>Which words about its own address a whole host listens to.</summary>
public sealed class HostObservedTests
{
    private static readonly Multiaddr Ours = Multiaddr.Parse("/ip4/8.8.8.8/tcp/4001");

    [Fact]
    public void Peers_that_came_in_are_believed_when_they_are_of_several_networks() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var host = Libp2pHost.CreateBuilder().WithTransport(new AliasTransport(network)).WithTime(run.Time).WithScheduler(run.Scheduler)
            .Configure(options => options.IdentifyPeers = false).Listen("/memory/0").Build();
        await host.StartAsync();
        for (byte i = 1; i <= 4; i++)
        {
            Assert.Empty(host.ObservedAddresses);
            await using var peer = HostPair.Builder(network, i).Configure(options => options.IdentifyPeers = false).Build();
            await peer.StartAsync();
            await using var stream = await peer.OpenStreamAsync(host.Addresses[0], IdentifyService.PushId);
            foreach (var part in IdentifyWriter.Write(new IdentifyMessage { ObservedAddress = Ours }))
                await LengthPrefixed.WriteAsync(stream, part, default);
            await stream.CloseWriteAsync();
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        }

        Assert.Equal([Ours], host.ObservedAddresses);
        Assert.DoesNotContain(Ours.WithPeer(host.PeerId), host.Addresses);
    });

    [Fact]
    public void What_a_peer_sees_of_a_connection_of_ours_is_a_port_that_ends_with_it() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        Libp2pHostBuilder Builder(Multiaddr? target) => Libp2pHost.CreateBuilder().WithTransport(new AliasTransport(network, target)).WithTime(run.Time)
            .WithScheduler(run.Scheduler).Configure(options => (options.Observed.Observers, options.IdentifyPeers) = (1, false));
        await using var listener = Builder(null).Listen("/memory/0").Build();
        await listener.StartAsync();
        await using var dialer = Builder(listener.Addresses[0].WithoutPeer()).Build();
        await dialer.StartAsync();
        var connection = await dialer.ConnectAsync(Multiaddr.Parse("/ip4/9.9.0.1/tcp/1").WithPeer(listener.PeerId));

        Assert.Equal("/ip4/9.9.0.1/tcp/1", connection.Remote.WithoutPeer().ToString());
        Assert.Equal("/ip4/9.1.0.1/tcp/5", (await dialer.IdentifyAsync(listener.PeerId)).ObservedAddress!.ToString());
        Assert.Empty(dialer.ObservedAddresses);
        // The other way round it counts.
        await listener.IdentifyAsync(dialer.PeerId);
        Assert.Equal("/ip4/9.9.0.1/tcp/1", Assert.Single(listener.ObservedAddresses).ToString());
    });
}
