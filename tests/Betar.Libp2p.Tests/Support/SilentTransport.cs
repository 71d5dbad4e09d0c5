using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Dials for ever, as a firewall that drops everything makes one do.</summary>
internal sealed class SilentTransport : IByteTransport
{
    public string Name => "silent";

    public bool CanDial(Multiaddr address) => true;

    public bool CanListen(Multiaddr address) => false;

    public async ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<IByteChannel>();
        await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return await never.Task;
    }

    public ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken) => throw new NotSupportedException();
}
