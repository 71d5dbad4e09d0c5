using System.Buffers.Binary;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Discovery;

/// <summary>Which of a candidate's addresses may be dialled, so that nobody's word makes this host knock at doors inside of its own network.</summary>
internal sealed class AddressFilter(DiscoveryOptions options)
{
    private const int FirstFreePort = 1024;

    public bool Allows(Multiaddr address, PeerCandidate candidate)
    {
        var reach = AddressReaches.Of(address);
        return candidate.Origin switch
        {
            PeerOrigin.Operator => true,
            PeerOrigin.Remembered => reach != AddressReach.Nowhere,
            // Names of the link are not looked up, so a name here could only lead elsewhere.
            PeerOrigin.Link => address.TryGetIpEndPoint(out _) && AddressReaches.MayName(OnLink(candidate.Speaker), reach),
            _ => AddressReaches.MayName(Reach(candidate.Speaker), reach) && (reach != AddressReach.Public || IsUsualPort(address)),
        };
    }

    private static AddressReach Reach(Multiaddr? speaker) => speaker is null ? AddressReach.Public : AddressReaches.Of(speaker);

    // Whoever is on the link is near, whatever his address looks like; but only this machine speaks of this machine.
    private static AddressReach OnLink(Multiaddr? speaker) => Reach(speaker) == AddressReach.Machine ? AddressReach.Machine : AddressReach.Link;

    // Below stand services that believe what comes to them.
    private bool IsUsualPort(Multiaddr address) => address.Parts is not [_, { Code: MultiaddrCode.Tcp or MultiaddrCode.Udp, IsKnown: true } port, ..]
        || BinaryPrimitives.ReadUInt16BigEndian(port.Value.Span) is var number && (number >= FirstFreePort || options.LowPorts.Contains(number));
}
