using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.WebSocket;

internal sealed class WebSocketListener(ITransportListener tcp, bool tls, Func<IByteChannel, IByteChannel> wrap) : ITransportListener
{
    public Multiaddr Address { get; } = WebSocketAddress.Of(tcp.Address, tls);

    public async ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken) =>
        await tcp.AcceptAsync(cancellationToken) is { } channel ? wrap(channel) : null;

    public ValueTask DisposeAsync() => tcp.DisposeAsync();
}
