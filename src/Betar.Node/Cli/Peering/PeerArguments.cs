using System.CommandLine;
using Betar.Libp2p.Multiformats;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary>What the commands of the network take alike.</summary>
internal static class PeerArguments
{
    public static Argument<string> Address() => new("address")
    {
        Description = "Where the peer is and who it is: /ip4/127.0.0.1/tcp/4001/p2p/12D3Koo…", HelpName = "MULTIADDR",
    };

    /// <summary>An address that also says who has to answer there.</summary>
    public static Checked<Multiaddr> ReadAddress(string text)
    {
        if (!Multiaddr.TryParse(text, out var address))
            return ErrorCatalog.BadPeerAddress.Refuse($"\"{VisibleText.Of(text)}\" is not a multiaddress");
        return address.Peer is null
            ? ErrorCatalog.BadPeerAddress.Refuse($"{address} does not say which peer is there", "add /p2p/ and the peer's id at its end")
            : address;
    }
}
