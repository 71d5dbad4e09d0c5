using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>The messages of the last heartbeats, to be sent to those who ask, up to a number of bytes.</summary>
internal sealed class MessageCache(GossipMeshOptions mesh, GossipLimitOptions limits, LimitMeter meter)
{
    private readonly Dictionary<MessageId, Entry> _entries = [];
    private readonly LinkedList<List<Entry>> _history = new([[]]);

    public long Bytes { get; private set; }

    public int Count => _entries.Count;

    public void Put(WireMessage message)
    {
        var entry = new Entry(message);
        if (!_entries.TryAdd(message.Id, entry))
            return;
        _history.First!.Value.Add(entry);
        Bytes += message.Raw.Length;
        if (Bytes <= limits.CacheBytes)
            return;
        meter.Hit(GossipCap.CacheBytes);
        while (Bytes > limits.CacheBytes)
            DropOldest();
    }

    /// <summary>How often the peer has asked for it, this time counted.</summary>
    public WireMessage? Find(MessageId id, PeerId peer, out int asked)
    {
        asked = 0;
        if (!_entries.TryGetValue(id, out var entry))
            return null;
        asked = entry.Asked[peer] = entry.Asked.GetValueOrDefault(peer) + 1;
        return entry.Message;
    }

    /// <summary>What is told of in a topic.</summary>
    public List<MessageId> IdsOf(string topic) =>
        [.. _history.Take(mesh.HistoryGossip).SelectMany(beat => beat).Where(entry => entry.Message.Topic == topic).Select(entry => entry.Message.Id)];

    public void Shift()
    {
        _history.AddFirst([]);
        while (_history.Count > mesh.HistoryLength)
        {
            foreach (var entry in _history.Last!.Value)
                Drop(entry);
            _history.RemoveLast();
        }
    }

    private void DropOldest()
    {
        var beat = _history.Last!;
        while (beat.Value.Count == 0)
            beat = beat.Previous!;
        Drop(beat.Value[0]);
        beat.Value.RemoveAt(0);
    }

    private void Drop(Entry entry)
    {
        _entries.Remove(entry.Message.Id);
        Bytes -= entry.Message.Raw.Length;
    }

    private sealed class Entry(WireMessage message)
    {
        public WireMessage Message => message;

        public Dictionary<PeerId, int> Asked { get; } = [];
    }
}
