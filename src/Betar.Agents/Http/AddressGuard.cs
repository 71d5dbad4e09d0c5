using System.Net;
using System.Net.Sockets;

namespace Betar.Agents.Http;

/// <summary>Tells addresses of the open Internet from those of this machine, its network, and the services of its cloud.</summary>
internal static class AddressGuard
{
    /// <summary>The single one looks like any other of the Internet, and is the service of a cloud for its machines.</summary>
    private static readonly IPNetwork[] s_closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "168.63.129.16/32", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Global unicast; what carries another address inside is closed as a whole.</summary>
    private static readonly IPNetwork s_open6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] s_closed6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool IsOpen(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !s_closed.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => s_open6.Contains(address) && !s_closed6.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
