using System.Net;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Discovery;

/// <summary>The network that one owner is thought to have: an IPv4 /24 or an IPv6 /48.</summary>
internal static class AddressNetwork
{
    private const int KeptIPv4Bytes = 3;
    private const int KeptIPv6Bytes = 6;

    /// <summary>Null for names and for what is not of the internet.</summary>
    public static IPAddress? Of(Multiaddr address)
    {
        if (!address.TryGetIpEndPoint(out var endPoint))
            return null;
        var bytes = AddressScope.Inner(endPoint.Address).GetAddressBytes();
        bytes.AsSpan(bytes.Length == 4 ? KeptIPv4Bytes : KeptIPv6Bytes).Clear();
        return new IPAddress(bytes);
    }
}
