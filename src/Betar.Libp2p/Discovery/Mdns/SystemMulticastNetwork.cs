using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>Every link that is up and carries multicast, and the loopback, on which peers of one machine meet.</summary>
/// <param name="loopbackOnly">Nothing leaves the machine.</param>
internal sealed class SystemMulticastNetwork(bool loopbackOnly) : IMulticastNetwork
{
    public IReadOnlyList<MulticastInterface> Interfaces()
    {
        List<MulticastInterface> found = [];
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            var isLoopback = network.NetworkInterfaceType == NetworkInterfaceType.Loopback;
            if (network.OperationalStatus is not (OperationalStatus.Up or OperationalStatus.Unknown) || !(isLoopback || (network.SupportsMulticast && !loopbackOnly)))
                continue;
            var addresses = network.GetIPProperties().UnicastAddresses;
            if (IndexOf(network, addresses, AddressFamily.InterNetwork) is { } four)
                found.Add(new MulticastInterface(four, AddressFamily.InterNetwork, isLoopback, Subnets(addresses, AddressFamily.InterNetwork)));
            // The loopback has no group of IPv6 that reaches all of its listeners everywhere; IPv4 is always there.
            if (!isLoopback && IndexOf(network, addresses, AddressFamily.InterNetworkV6) is { } six)
                found.Add(new MulticastInterface(six, AddressFamily.InterNetworkV6, isLoopback, Subnets(addresses, AddressFamily.InterNetworkV6)));
        }

        return found;
    }

    public IMulticastLink Open(MulticastInterface link) => new UdpMulticastLink(link);

    private static int? IndexOf(NetworkInterface network, UnicastIPAddressInformationCollection addresses, AddressFamily family)
    {
        if (!addresses.Any(unicast => unicast.Address.AddressFamily == family))
            return null;
        var properties = network.GetIPProperties();
        return family == AddressFamily.InterNetwork ? properties.GetIPv4Properties()?.Index : properties.GetIPv6Properties()?.Index;
    }

    private static string Subnets(UnicastIPAddressInformationCollection addresses, AddressFamily family) => string.Join(' ', addresses
        .Where(unicast => unicast.Address.AddressFamily == family).Select(unicast => Network(unicast.Address, unicast.PrefixLength)).Distinct().Order(StringComparer.Ordinal));

    private static string Network(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return $"{new IPAddress(bytes)}/{prefix}";
    }
}
