using Betar.Interop.Tests.Libp2p;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Events;

namespace Betar.Interop.Tests.Discovery;

/// <summary>js-libp2p's own multicast DNS and ours on one link, the loopback; the service is the marketplace's kind of name, and the test's own.</summary>
public sealed class MdnsTests(PartnerFixture partner) : InteropCase(partner)
{
    private readonly string _service = $"betar-{Guid.NewGuid():N}"[..30];

    [Fact]
    public async Task They_find_us_by_our_answer()
    {
        await using var ours = await OurHost.StartAsync();
        await using var discovery = Start(ours);
        // It answers nobody, so that we do not come to it first.
        await using var theirs = await Partner.StartAsync(new { mdns = new { interval = 200, serviceTag = $"{_service}.local", broadcast = false } });

        var found = await theirs.AskAsync("found", new { peer = ours.PeerId });

        Assert.Equal([ours.Host.Addresses[0].WithoutPeer().ToString()], found["addresses"].Strings());
    }

    [Fact]
    public async Task We_find_them_by_their_answer_and_connect()
    {
        await using var theirs = await Partner.StartAsync(new { mdns = Theirs() });
        await using var ours = await OurHost.StartAsync();
        await using var discovery = Start(ours);

        var connected = await ours.SawAsync(args => args.Kind == HostEventKind.Connected && args.Peer.ToString() == theirs.PeerId);

        Assert.False(connected.Connection.Inbound);
        Assert.Contains(connected.Connection.Remote.WithPeer(connected.Peer).ToString(), theirs.Addresses);
    }

    [Fact]
    public async Task Another_service_is_passed_over_by_both()
    {
        await using var ours = await OurHost.StartAsync();
        await using var discovery = Start(ours);
        await using var stranger = await Partner.StartAsync(new { mdns = new { interval = 200, serviceTag = $"other-{_service}.local" } });
        await using var theirs = await Partner.StartAsync(new { mdns = Theirs() });
        await ours.SawAsync(args => args.Kind == HostEventKind.Connected && args.Peer.ToString() == theirs.PeerId);

        Assert.DoesNotContain(ours.Host.Connections, connection => connection.Peer.ToString() == stranger.PeerId);
    }

    private object Theirs() => new { interval = 200, serviceTag = $"{_service}.local" };

    private PeerDiscovery Start(OurHost ours)
    {
        var discovery = PeerDiscovery.Create(ours.Host, new DiscoverySettings { MdnsService = _service, MdnsLoopbackOnly = true, Remembered = false, Exchange = false });
        discovery.Start();
        return discovery;
    }
}
