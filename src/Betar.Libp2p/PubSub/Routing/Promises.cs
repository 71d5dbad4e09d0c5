using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>What peers said that they have and were asked for. Who does not send it in time has broken its word.</summary>
internal sealed class Promises(TimeSpan followUp)
{
    private readonly Dictionary<MessageId, Dictionary<PeerId, TimeSpan>> _promises = [];

    public int Count => _promises.Count;

    /// <summary>Of many that were asked for at once, one taken at random stands for all.</summary>
    public void Add(PeerId peer, MessageId id, TimeSpan now)
    {
        if (!_promises.TryGetValue(id, out var peers))
            _promises.Add(id, peers = []);
        peers.TryAdd(peer, now + followUp);
    }

    /// <summary>Somebody has sent it: nobody else can.</summary>
    public void Fulfil(MessageId id) => _promises.Remove(id);

    /// <summary>How often each peer has broken its word since the last time.</summary>
    public Dictionary<PeerId, int> TakeBroken(TimeSpan now)
    {
        var broken = new Dictionary<PeerId, int>();
        foreach (var (id, peers) in _promises)
        {
            foreach (var (peer, until) in peers)
            {
                if (until > now)
                    continue;
                broken[peer] = broken.GetValueOrDefault(peer) + 1;
                peers.Remove(peer);
            }

            if (peers.Count == 0)
                _promises.Remove(id);
        }

        return broken;
    }
}
