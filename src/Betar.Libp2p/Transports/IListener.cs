using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

internal interface IListener : IAsyncDisposable
{
    /// <summary>Where it really listens: the port is the one that the system gave.</summary>
    Multiaddr Address { get; }
}
