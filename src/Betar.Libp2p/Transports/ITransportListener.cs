using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

internal interface ITransportListener : IAsyncDisposable
{
    /// <summary>Where it really listens: the port is the one that the system gave.</summary>
    Multiaddr Address { get; }

    /// <summary>The next connection; null: the listener is closed.</summary>
    ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken);
}
