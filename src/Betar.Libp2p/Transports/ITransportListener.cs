namespace Betar.Libp2p.Transports;

internal interface ITransportListener : IListener
{
    /// <summary>The next connection; null: the listener is closed.</summary>
    ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken);
}
