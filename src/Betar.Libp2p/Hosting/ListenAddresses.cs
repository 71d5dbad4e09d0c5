using System.Net;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Hosting;

/// <summary>What is announced for a listener: "any address" means each address of this machine.</summary>
internal static class ListenAddresses
{
    public static IEnumerable<Multiaddr> Expand(Multiaddr listening, IInterfaceAddresses machine)
    {
        if (!listening.TryGetIpEndPoint(out var endPoint) || !(endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any)))
            return [listening];
        var rest = listening.ToString().Split('/', 4)[3];
        return machine.All().Where(address => address.AddressFamily == endPoint.AddressFamily)
            .Select(address => Multiaddr.Parse($"/{(address.GetAddressBytes().Length == 4 ? "ip4" : "ip6")}/{new IPAddress(address.GetAddressBytes())}/{rest}"));
    }
}
