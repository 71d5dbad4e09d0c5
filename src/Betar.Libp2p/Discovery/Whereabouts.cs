using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Discovery;

/// <summary>Where the peers are who tell each other of peers.</summary>
internal static class Whereabouts
{
    /// <summary>Only of those whom we went to ourselves is it sure where they are: others may come through something that stands before us.</summary>
    public static Multiaddr? OfSpeaker(Libp2pHost host, PeerId speaker) =>
        host.Connections.FirstOrDefault(connection => connection.Peer == speaker && !connection.Inbound)?.Remote;

    /// <summary>Who lives in our own network is nobody's business outside of it.</summary>
    public static bool MayHear(Libp2pHost host, PeerId listener, PeerInfo about)
    {
        var reach = ReachOf(host, listener);
        return !about.SignedRecord.IsEmpty && about.SignedAddresses.Any(address => AddressReaches.MayName(reach, AddressReaches.Of(address)));
    }

    private static AddressReach ReachOf(Libp2pHost host, PeerId listener)
    {
        List<ConnectionInfo> connections = [.. host.Connections.Where(connection => connection.Peer == listener)];
        return connections.Count == 0 ? AddressReach.Public : connections.Max(connection => AddressReaches.Of(connection.Remote));
    }
}
