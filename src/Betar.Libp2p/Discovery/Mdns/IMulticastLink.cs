namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>The group of multicast DNS on one link and in one family of addresses. Fails with <see cref="System.Net.Sockets.SocketException"/> when the link is gone.</summary>
internal interface IMulticastLink : IDisposable
{
    ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken);

    /// <summary>The next packet of the link; those that came from elsewhere are passed over.</summary>
    ValueTask<MulticastPacket> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}
