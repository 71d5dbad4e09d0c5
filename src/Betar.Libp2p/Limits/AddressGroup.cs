using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Limits;

/// <summary>Whom an address is counted under: one IPv4 address, or the /56 of IPv6 that one customer gets.</summary>
public static class AddressGroup
{
    private const int KeptIPv6Bytes = 7;

    /// <summary>Whether it is 127.0.0.1 or ::1, from where this machine speaks to itself; the rest of 127.0.0.0/8 has to be chosen on purpose.</summary>
    internal static bool IsLoopback(Multiaddr address) => address.TryGetIpEndPoint(out var endPoint)
        && (endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address) is var ip
        && (ip.Equals(IPAddress.Loopback) || ip.Equals(IPAddress.IPv6Loopback));

    /// <summary>Null for addresses that are not of the internet, such as those of memory.</summary>
    public static IPAddress? Of(Multiaddr address)
    {
        if (!address.TryGetIpEndPoint(out var endPoint))
            return null;
        var ip = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        if (ip.AddressFamily == AddressFamily.InterNetwork)
            return ip;
        var bytes = ip.GetAddressBytes();
        bytes.AsSpan(KeptIPv6Bytes).Clear();
        return new IPAddress(bytes);
    }
}
