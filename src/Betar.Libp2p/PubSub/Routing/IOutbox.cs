using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>Where frames to one peer wait. Called by the router inside of its lock, so it must not block.</summary>
internal interface IOutbox
{
    /// <summary>False: there is no room.</summary>
    /// <param name="rpc">Belongs to the outbox from here on.</param>
    /// <param name="urgent">Goes before everything that waits.</param>
    bool TrySend(GossipRpc rpc, bool urgent);
}
