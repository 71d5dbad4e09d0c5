using System.Net;
using System.Net.Sockets;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>A link of this machine, in one family of addresses.</summary>
/// <param name="Index">The system's number of it.</param>
/// <param name="IsLoopback">It does not leave the machine.</param>
/// <param name="Subnets">The networks whose members are on the link, each as text: two looks at the same link are equal.</param>
internal sealed record MulticastInterface(int Index, AddressFamily Family, bool IsLoopback, string Subnets)
{
    /// <summary>True for who must be on this link, by his address. What comes over the loopback is of this machine, whichever of its addresses stands on it.</summary>
    public bool IsOnLink(IPAddress sender) => IsLoopback
        || (sender.AddressFamily == AddressFamily.InterNetworkV6 && sender.IsIPv6LinkLocal)
        || Subnets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)
            .Any(network => network.BaseAddress.AddressFamily == sender.AddressFamily && network.Contains(sender));
}
