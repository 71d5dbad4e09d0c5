using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>A stream of the base class library over a channel (TLS, for one) as a channel again.</summary>
internal sealed class StreamChannel(Stream stream, IByteChannel below) : IByteChannel
{
    public Multiaddr Local => below.Local;

    public Multiaddr Remote => below.Remote;

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => stream.ReadAsync(buffer, cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => stream.WriteAsync(data, cancellationToken);

    public void Abort()
    {
        below.Abort();
        stream.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await below.DisposeAsync();
    }
}
