namespace Betar.Libp2p.Transports;

/// <summary>Bytes both ways. One reader and one writer at a time. What breaks is an <see cref="IOException"/>.</summary>
internal interface IDuplex
{
    /// <summary>0: the other side has ended its direction.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
