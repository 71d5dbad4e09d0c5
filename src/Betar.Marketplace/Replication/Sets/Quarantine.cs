using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>Elements without effect, with the reasons; the oldest are forgotten first.</summary>
internal sealed class Quarantine(int most)
{
    private readonly Dictionary<string, List<ElementRow>> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<ElementName> _order = [];
    private int _count;

    public int Count => _count;

    public IReadOnlyList<ElementRow> Of(string key) => _byKey.TryGetValue(key, out var rows) ? rows : [];

    public void Load(ElementRow row)
    {
        if (!_byKey.TryGetValue(row.Key, out var rows))
            _byKey.Add(row.Key, rows = []);
        if (rows.Exists(other => other.Node == row.Node))
            return;
        rows.Add(row);
        _order.Enqueue(new(row.Key, row.Node));
        _count++;
    }

    public void Add(ElementRow row, ReplicaCommit commit)
    {
        ReplicaInstruments.Quarantined(row.Reason);
        if (most == 0)
            return;
        Load(row);
        commit.Elements[new(row.Key, row.Node)] = row;
        while (_count > most && _order.TryDequeue(out var oldest))
            Remove(oldest.Key, oldest.Node, commit);
    }

    public bool Remove(string key, NodeId node, ReplicaCommit commit)
    {
        if (!_byKey.TryGetValue(key, out var rows) || rows.RemoveAll(row => row.Node == node) == 0)
            return false;
        _count--;
        if (rows.Count == 0)
            _byKey.Remove(key);
        commit.Elements[new(key, node)] = null;
        return true;
    }
}
