using System.Net;
using System.Net.Sockets;

namespace Betar.Node.Composition;

/// <summary>Socket addresses as multiaddresses.</summary>
internal static class Addresses
{
    public static string Of(IPEndPoint endPoint) =>
        $"/{(endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "ip6" : "ip4")}/{endPoint.Address}/tcp/{endPoint.Port}";
}
