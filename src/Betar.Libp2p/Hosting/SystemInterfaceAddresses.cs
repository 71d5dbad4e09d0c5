using System.Net;
using System.Net.NetworkInformation;

namespace Betar.Libp2p.Hosting;

internal sealed class SystemInterfaceAddresses : IInterfaceAddresses
{
    public IReadOnlyList<IPAddress> All() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces().Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)
            // An address of one link means nothing without the name of the link.
            .Where(address => !address.IsIPv6LinkLocal),
    ];
}
