using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>A raw connection of a transport. Disposing it says goodbye in order; aborting does not.</summary>
internal interface IByteChannel : IDuplex, IAsyncDisposable
{
    Multiaddr Local { get; }

    Multiaddr Remote { get; }

    void Abort();
}
