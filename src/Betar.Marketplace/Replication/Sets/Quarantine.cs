using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>Elements without effect, with the reasons; the oldest are forgotten first. Those that only found no room wait in a line of their own.</summary>
internal sealed class Quarantine(int most)
{
    /// <summary>Names of elements that went stand in the lines still; so many more of them than elements are borne.</summary>
    private const int Slack = 1024;

    private readonly Dictionary<string, List<ElementRow>> _byKey = new(StringComparer.Ordinal);
    private Queue<ElementName> _order = [];
    private Queue<ElementName> _waiting = [];
    private int _count;

    public int Count => _count;

    /// <summary>At least as many as wait for room.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>How long the lines are, with what is in them no more.</summary>
    public int Remembered => _order.Count + _waiting.Count;

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
        if (WaitsForRoom(row))
            _waiting.Enqueue(new(row.Key, row.Node));
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
        _order = Shortened(_order);
        _waiting = Shortened(_waiting);
        return true;
    }

    /// <summary>The one that has waited for longest; it goes to the end of the line. Null: nobody waits for room.</summary>
    public ElementRow? NextWaiting()
    {
        while (_waiting.TryDequeue(out var name))
        {
            if (Find(name) is not { } row || !WaitsForRoom(row))
                continue;
            _waiting.Enqueue(name);
            return row;
        }

        return null;
    }

    private static bool WaitsForRoom(ElementRow row) => row.Reason is QuarantineReason.SellerQuota or QuarantineReason.NoRoom or QuarantineReason.GaveWay;

    private ElementRow? Find(ElementName name)
    {
        foreach (var row in Of(name.Key))
        {
            if (row.Node == name.Node)
                return row;
        }

        return null;
    }

    private Queue<ElementName> Shortened(Queue<ElementName> line) =>
        line.Count <= (2 * _count) + Slack ? line : new Queue<ElementName>(line.Distinct().Where(name => Find(name) is not null));
}
