using System.Threading.Channels;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Memory;

internal sealed class MemoryListener(MemoryNetwork network, ulong number) : ITransportListener
{
    private readonly Channel<IByteChannel> _waiting = Channel.CreateUnbounded<IByteChannel>();

    public Multiaddr Address { get; } = MemoryNetwork.AddressOf(number);

    public bool TryAccept(IByteChannel channel) => _waiting.Writer.TryWrite(channel);

    public async ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken) =>
        await _waiting.Reader.WaitToReadAsync(cancellationToken) && _waiting.Reader.TryRead(out var channel) ? channel : null;

    public ValueTask DisposeAsync()
    {
        network.Remove(number);
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var channel))
            channel.Abort();
        return default;
    }
}
