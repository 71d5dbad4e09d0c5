using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Peers that are always the same, and connections to them.</summary>
internal static class Somebody
{
    public static IdentityKey Key(byte number) => IdentityKey.FromEd25519Seed([.. Enumerable.Repeat(number, 32)]);

    public static PeerId Id(byte number)
    {
        using var key = Key(number);
        return key.PeerId;
    }

    public static ResourceManager Resources(TimeProvider time, Action<ResourceLimitOptions>? limits = null, Action<ConnectionLimitOptions>? connections = null, LimitMeter? meter = null)
    {
        var (first, second) = (new ResourceLimitOptions(), new ConnectionLimitOptions());
        limits?.Invoke(first);
        connections?.Invoke(second);
        return new ResourceManager(first, second, _ => 2, meter ?? new LimitMeter(), time);
    }

    public static PeerConnection Connection(byte peer, TimeProvider time, bool inbound = true, FakeMuxer? muxer = null)
    {
        using var key = Key(peer);
        var remote = Multiaddr.Parse("/ip4/192.0.2.1/tcp/1");
        var holding = Resources(time).TryOpenConnection(inbound, remote)!;
        Assert.True(holding.TryAssign(key.PeerId));
        return new PeerConnection(
            new UpgradedConnection(key.PeerId, key.PublicKey, "/noise", "/yamux/1.0.0", true, muxer ?? new FakeMuxer()), inbound, remote, remote, holding, time);
    }
}
