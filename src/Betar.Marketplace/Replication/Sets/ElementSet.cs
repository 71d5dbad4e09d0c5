using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>
/// The add-wins observed-remove set: a key has the value of its highest writing that no tombstone names. Nodes come with their whole past
/// settled, each once; tombstones of a node count before its elements.
/// </summary>
internal sealed partial class ElementSet(ReplicaOptions options, IEntryPolicy policy, INodeReader nodes)
{
    private readonly NodeJudge _judge = new(options);
    private readonly Dictionary<string, KeyState> _keys = new(StringComparer.Ordinal);
    private readonly EarlyTombstones _early = new(options.MaxEarlyTombstones);
    private readonly SellerQuota _sellers = new(options.MaxValuesPerSeller);
    private readonly List<string> _arrivals = [];

    public int Count => _keys.Count;

    public IEnumerable<string> Keys => _keys.Keys;

    public Quarantine Quarantine { get; } = new(options.MaxQuarantined);

    public int EarlyTombstoneCount => _early.Count;

    /// <summary>Keys that may have changed since somebody emptied it.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public Winner? Find(string key) => _keys.TryGetValue(key, out var state) ? state.Winner : null;

    /// <summary>Every writing that is known of a key, those without effect too: what a write over it removes.</summary>
    public IEnumerable<NodeId> WritingsOf(string key) =>
        (_keys.TryGetValue(key, out var state) ? state.Live.Select(element => element.Node) : []).Concat(Quarantine.Of(key).Select(row => row.Node));

    public async ValueTask MergeAsync(KnownNode known, ulong height, QuarantineReason verdict, ReplicaCommit commit)
    {
        var node = known.Node;
        if (node.Delta is { } delta)
        {
            if (verdict == QuarantineReason.None)
            {
                foreach (var tombstone in delta.Tombstones)
                    await BuryAsync(tombstone, commit);
            }

            foreach (var element in delta.Elements.Take(options.MaxElements))
                await PutAsync(known, height, element, verdict, commit);
        }

        _early.Done(node.Id, commit);
        await JudgeAgainAsync(LooksPerMerge, commit);
    }

    private async ValueTask BuryAsync(DeltaElement tombstone, ReplicaCommit commit)
    {
        if (!NodeId.TryParseBlockKey(tombstone.Id, out var id) || _judge.OfElement(tombstone) != QuarantineReason.None)
            return;
        if (Quarantine.Remove(tombstone.Key, id, commit))
            return;
        if (_keys.TryGetValue(tombstone.Key, out var state) && state.IndexOf(id) is >= 0 and var index)
            await RemoveAsync(tombstone.Key, state, index, commit);
        else if (!await nodes.IsSettledAsync(id))
            _early.Add(new(tombstone.Key, id), commit);
    }

    private async ValueTask RemoveAsync(string key, KeyState state, int index, ReplicaCommit commit)
    {
        var gone = state.Live[index].Node;
        state.RemoveAt(index);
        commit.Elements[new(key, gone)] = null;
        if (state.Winner?.Node == gone)
            await ChooseAsync(key, state);
    }

    private async ValueTask PutAsync(KnownNode known, ulong height, DeltaElement element, QuarantineReason verdict, ReplicaCommit commit)
    {
        var id = known.Node.Id;
        var reason = _judge.OfElement(element) is var own and not QuarantineReason.None ? own : verdict;
        if (reason == QuarantineReason.KeyTooLong)
        {
            ReplicaInstruments.Quarantined(reason);
            return;
        }

        if (_early.Has(element.Key, id))
            return;
        var seller = reason == QuarantineReason.None ? policy.SellerOf(element.Key, element.Value.Span) : null;
        if (reason == QuarantineReason.None)
            reason = Admit(element, seller, commit);
        if (reason != QuarantineReason.None)
        {
            Quarantine.Add(new(element.Key, id, height, reason), commit);
            return;
        }

        await PlaceAsync(known, height, element, seller, commit);
    }

    private async ValueTask PlaceAsync(KnownNode known, ulong height, DeltaElement element, string? seller, ReplicaCommit commit)
    {
        var id = known.Node.Id;
        if (!_keys.TryGetValue(element.Key, out var state))
            state = Begin(element.Key);
        if (state.IndexOf(id) < 0)
        {
            state.Add(new(id, height));
            commit.Elements[new(element.Key, id)] = new ElementRow(element.Key, id, height, QuarantineReason.None);
        }

        if (Winner.Beats(height, element.Value.Span, state.Winner))
            Crown(element.Key, state, new Winner(id, height, element.Value, seller, known.Origin));
        if (state.Live.Length > options.MaxElementsPerKey)
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxElementsPerKey));
            await RemoveAsync(element.Key, state, state.IndexOf(state.Lowest().Node), commit);
        }
    }

    private KeyState Begin(string key)
    {
        var state = new KeyState();
        _keys.Add(key, state);
        _arrivals.Add(key);
        if (_arrivals.Count > MostLooks + (2 * _keys.Count))
            ForgetArrivals();
        return state;
    }

    private void Crown(string key, KeyState state, Winner? winner)
    {
        if (state.Winner is { } before && (winner is null || before.Seller != winner.Seller))
            _looks = Quarantine.Waiting;
        _sellers.Move(state.Winner?.Seller, winner?.Seller);
        state.Winner = winner;
        Touched.Add(key);
        if (winner is null)
            _keys.Remove(key);
    }

    /// <summary>The winner is gone: the next one is found among those who remain.</summary>
    private async ValueTask ChooseAsync(string key, KeyState state)
    {
        Winner? best = null;
        if (state.Live.Length > 0)
        {
            foreach (var candidate in state.Highest())
            {
                if (await nodes.ReadAsync(candidate.Node) is { } known)
                    best = BestOf(key, known, candidate.Height, best);
            }
        }

        Crown(key, state, best);
    }

    private Winner? BestOf(string key, KnownNode known, ulong height, Winner? best)
    {
        foreach (var element in known.Node.Delta?.Elements ?? [])
        {
            if (element.Key == key && _judge.OfElement(element) == QuarantineReason.None && Winner.Beats(height, element.Value.Span, best))
                best = new Winner(known.Node.Id, height, element.Value, policy.SellerOf(key, element.Value.Span), known.Origin);
        }

        return best;
    }
}
