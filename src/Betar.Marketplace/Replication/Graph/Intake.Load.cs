using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Graph;

internal sealed partial class Intake
{
    private const int PageBytes = 1 << 20;

    /// <summary>Begins with what the store has, forgetting whatever was in memory.</summary>
    public async ValueTask LoadAsync()
    {
        var state = await store.LoadAsync(CancellationToken.None);
        Clear();
        (Epoch, _sequence, Bytes, Heads) = (state.Epoch, state.LastSequence, state.NodeBytes, state.Heads);
        _absent.UnionWith(state.Absent);
        if (state.Rebuilding)
        {
            await RebuildAsync();
            return;
        }

        if (Epoch == Guid.Empty)
            _commit.Epoch = Epoch = Guid.NewGuid();
        foreach (var head in state.Heads)
        {
            if (await _nodes.HeaderAsync(head) is { IsSettled: true } header)
                _tips[head] = header.Height;
        }

        await Set.LoadAsync(state);
        await PlaceAgainAsync(state.Loose);
        await CommitAsync();
    }

    /// <summary>Settles every node anew. A crash on the way begins it again.</summary>
    public async ValueTask RebuildAsync()
    {
        ReplicaInstruments.Repaired();
        if (!_commit.IsEmpty)
            await CommitAsync();
        var ids = new List<NodeId>();
        long after = 0;
        while (await store.ReadAsync(after, PageBytes, CancellationToken.None) is { Count: > 0 } page)
        {
            ids.AddRange(page.Select(row => row.Id));
            after = page[^1].Sequence;
        }

        var state = await store.LoadAsync(CancellationToken.None);
        ids.AddRange(state.Loose.Select(row => row.Id));
        Clear();
        (Epoch, Bytes, Heads) = (Guid.NewGuid(), state.NodeBytes, []);
        _absent.UnionWith(state.Absent);
        await store.CommitAsync(new ReplicaCommit { Restart = true, Epoch = Epoch, Rebuilding = true, Heads = [] }, CancellationToken.None);
        foreach (var id in ids)
        {
            if (await store.FindAsync(id, CancellationToken.None) is { } row)
                await PlaceAgainAsync([row]);
        }

        _commit.Rebuilding = false;
        await CommitAsync();
    }

    private async ValueTask PlaceAgainAsync(IEnumerable<NodeRow> rows)
    {
        foreach (var row in rows)
            await PlaceAsync(NodeCache.Known(row), null);
    }

    private void Clear()
    {
        _nodes.Clear();
        _tips.Clear();
        _absent.Clear();
        _commit = new ReplicaCommit();
        _sequence = 0;
        NeedsRebuild = false;
        Set = new ElementSet(options, policy, _nodes);
        LooseValues = new LooseValues(options, Math.Min(MostLooseValues, options.MaxValues));
        Loose = new LooseNodes();
    }
}
