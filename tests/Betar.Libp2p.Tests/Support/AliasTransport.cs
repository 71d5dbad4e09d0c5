using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Connections in memory that look as if each came from another network of the internet.</summary>
/// <param name="target">Where every dial really leads.</param>
internal sealed class AliasTransport(MemoryNetwork network, Multiaddr? target = null) : IByteTransport
{
    private readonly MemoryTransport _inner = new(network);
    private int _number;

    public string Name => "alias";

    public bool CanDial(Multiaddr address) => target is not null || _inner.CanDial(address);

    public bool CanListen(Multiaddr address) => _inner.CanListen(address);

    public async ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken) => Alias(await _inner.DialAsync(target ?? address, cancellationToken));

    public async ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken) =>
        new Listener(await _inner.ListenAsync(address, cancellationToken), Alias);

    private Channel Alias(IByteChannel channel) => new(channel, Multiaddr.Parse($"/ip4/9.{Interlocked.Increment(ref _number)}.0.1/tcp/5"));

    private sealed class Listener(ITransportListener inner, Func<IByteChannel, IByteChannel> alias) : ITransportListener
    {
        public Multiaddr Address => inner.Address;

        public async ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken) =>
            await inner.AcceptAsync(cancellationToken) is { } channel ? alias(channel) : null;

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Channel(IByteChannel inner, Multiaddr remote) : IByteChannel
    {
        public Multiaddr Local => inner.Local;

        public Multiaddr Remote => remote;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReadAsync(buffer, cancellationToken);

        public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => inner.WriteAsync(data, cancellationToken);

        public void Abort() => inner.Abort();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
