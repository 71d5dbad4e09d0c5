using System.Net;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>A datagram that came to the group on a link.</summary>
/// <param name="Length">Its bytes, as far as the buffer holds them.</param>
/// <param name="Sender">Who sent it, as it says itself.</param>
internal readonly record struct MulticastPacket(int Length, IPAddress Sender);
