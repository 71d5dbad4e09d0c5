namespace Betar.Libp2p.Transports;

internal interface IMuxedListener : IListener
{
    /// <summary>
    /// The next finished connection; null: the listener is closed. A stranger whose handshake failed is a <see cref="Libp2pException"/>, after which
    /// the listener goes on.
    /// </summary>
    ValueTask<MuxedArrival?> AcceptAsync(CancellationToken cancellationToken);
}
