using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Peers;

/// <summary>How far an address reaches.</summary>
internal static class AddressScope
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("224.0.0.0/3"), IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/9"),
        IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>True for addresses of the internet and for names; false for those of one machine, one site or one link.</summary>
    public static bool IsPublic(Multiaddr address)
    {
        if (!address.TryGetIpEndPoint(out var endPoint))
            return address.Parts[0] is { IsKnown: true, Code: MultiaddrCode.Dns or MultiaddrCode.Dns4 or MultiaddrCode.Dns6 or MultiaddrCode.DnsAddr };
        var ip = Inner(endPoint.Address);
        return !Private.Any(network => network.BaseAddress.AddressFamily == ip.AddressFamily && network.Contains(ip));
    }

    public static bool IsIPv6(Multiaddr address) => address.TryGetIpEndPoint(out var endPoint) && endPoint.AddressFamily == AddressFamily.InterNetworkV6;

    // A gateway takes the IPv4 address out again and would carry us into its own network.
    internal static IPAddress Inner(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        return Translated.Contains(address) ? new IPAddress(bytes.AsSpan(12))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : address;
    }
}
