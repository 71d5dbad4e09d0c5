using System.Net;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Peers;

/// <summary>Tells how close to us an address leads, and who may name it.</summary>
internal static class AddressReaches
{
    // Clouds give out secrets of the machine at these.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("169.254.169.254"), IPAddress.Parse("169.254.170.2"), IPAddress.Parse("169.254.169.253"), IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("168.63.129.16"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"),
    ];

    private static readonly IPNetwork[] NoPeer = [IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("224.0.0.0/3"), IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("::/128")];
    private static readonly IPNetwork[] Machine = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];
    private static readonly IPNetwork[] Link = [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10")];

    public static AddressReach Of(Multiaddr address)
    {
        if (!address.TryGetIpEndPoint(out var endPoint))
            return AddressScope.IsPublic(address) ? AddressReach.Public : AddressReach.Machine;
        var ip = AddressScope.Inner(endPoint.Address);
        return Metadata.Contains(ip) || In(NoPeer, ip) ? AddressReach.Nowhere
            : In(Machine, ip) ? AddressReach.Machine
            : In(Link, ip) ? AddressReach.Link
            : AddressScope.IsPublic(address) ? AddressReach.Public
            : AddressReach.Site;
    }

    /// <summary>
    /// Who is at <paramref name="speaker"/> may send us as near as he is himself, and no nearer: nobody of the internet into our network, nobody of
    /// our network to this machine's own services.
    /// </summary>
    public static bool MayName(AddressReach speaker, AddressReach address) => address == AddressReach.Public
        || (address != AddressReach.Nowhere && speaker != AddressReach.Nowhere && address >= speaker);

    private static bool In(IPNetwork[] networks, IPAddress ip) => networks.Any(network => network.BaseAddress.AddressFamily == ip.AddressFamily && network.Contains(ip));
}
