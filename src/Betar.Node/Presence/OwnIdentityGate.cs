using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Node.Presence;

/// <summary>Notices when a stranger's host dials this node's own identity, because somebody says that it is there, and when it has proven to be.</summary>
internal sealed class OwnIdentityGate(PeerId own) : IConnectionGate
{
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Multiaddr> _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when somebody said where it is; anybody can say that.</summary>
    public bool HasHeard => _heard.Task.IsCompleted;

    /// <summary>Where a host with the key answered.</summary>
    public Task<Multiaddr> Met => _met.Task;

    public bool MayDial(PeerId peer)
    {
        if (peer == own)
            _heard.TrySetResult();
        return true;
    }

    public bool MayStay(PeerId peer, Multiaddr remote, bool inbound)
    {
        if (peer == own)
            _met.TrySetResult(remote);
        return true;
    }
}
