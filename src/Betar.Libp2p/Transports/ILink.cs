namespace Betar.Libp2p.Transports;

/// <summary>A channel that lends what has arrived instead of copying it: how security and streams read from each other.</summary>
internal interface ILink : IByteChannel
{
    /// <summary>
    /// All bytes that have arrived and are not consumed, at least one; empty: the end. Lent until the next call on the reading side.
    /// </summary>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);

    void Consume(int count);

    /// <summary>Gives the buffer back; only for the one who reads, when it reads no more.</summary>
    void ReleaseBuffer();
}
