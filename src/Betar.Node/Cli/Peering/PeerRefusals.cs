using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary>Says what went wrong with a peer; the library's own words may hold the peer's, so they are made visible.</summary>
internal static class PeerRefusals
{
    /// <summary>There was no connection.</summary>
    public static CliRefusal NotReached(Multiaddr address, Libp2pException fault) => Refuse(
        fault.Code switch
        {
            Libp2pError.WrongPeer => ErrorCatalog.PeerIsAnother,
            // A name that leads nowhere today may do so tomorrow: the address itself is not at fault.
            Libp2pError.NotDialable when !HasName(address) => ErrorCatalog.BadPeerAddress,
            _ => ErrorCatalog.PeerUnreachable,
        },
        $"{address} was not reached", fault);

    /// <summary>There was a connection, and then something failed.</summary>
    public static CliRefusal Failed(Multiaddr address, Libp2pException fault) => Refuse(
        fault.Code == Libp2pError.UnknownProtocol ? ErrorCatalog.ProtocolNotServed : ErrorCatalog.PeerBrokeOff,
        $"The peer at {address} did not do it", fault);

    private static bool HasName(Multiaddr address) =>
        address.Parts[0].Code is MultiaddrCode.Dns or MultiaddrCode.Dns4 or MultiaddrCode.Dns6 or MultiaddrCode.DnsAddr;

    private static CliRefusal Refuse(ErrorEntry entry, string what, Libp2pException fault) =>
        entry.Refuse($"{what} ({VisibleText.Of(fault.Message).TrimEnd('.')})") with { Cause = fault };
}
