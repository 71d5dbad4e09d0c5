using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>Who is not to be taken into the mesh of which topic, and until when; up to a number, those who are free first are forgotten first.</summary>
internal sealed class Backoffs(GossipLimitOptions options, LimitMeter limits)
{
    private readonly Dictionary<(string Topic, PeerId Peer), TimeSpan> _until = [];

    public int Count => _until.Count;

    public TimeSpan? Until(string topic, PeerId peer) => _until.TryGetValue((topic, peer), out var until) ? until : null;

    /// <summary>Never shorter than it was.</summary>
    public void Add(string topic, PeerId peer, TimeSpan until)
    {
        if (_until.TryGetValue((topic, peer), out var before) && before >= until)
            return;
        if (_until.Count >= options.Backoffs)
        {
            limits.Hit(GossipCap.Backoffs);
            _until.Remove(_until.MinBy(entry => entry.Value).Key);
        }

        _until[(topic, peer)] = until;
    }

    public void Expire(TimeSpan now)
    {
        foreach (var (key, until) in _until)
        {
            if (until <= now)
                _until.Remove(key);
        }
    }
}
