using System.Net;

namespace Betar.Libp2p.Hosting;

/// <summary>The addresses of this machine.</summary>
internal interface IInterfaceAddresses
{
    IReadOnlyList<IPAddress> All();
}
