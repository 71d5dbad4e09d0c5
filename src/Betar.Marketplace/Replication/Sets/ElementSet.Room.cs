using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

internal sealed partial class ElementSet
{
    /// <summary>How many of the youngest keys are looked at for one that may give way.</summary>
    private const int MostLooks = 4096;

    /// <summary>Begins with what was kept.</summary>
    public async ValueTask LoadAsync(ReplicaState state)
    {
        foreach (var tombstone in state.EarlyTombstones)
            _early.Load(tombstone);
        foreach (var row in state.Elements)
        {
            if (row.Reason != QuarantineReason.None)
                Quarantine.Load(row);
            else
                (_keys.TryGetValue(row.Key, out var found) ? found : Begin(row.Key)).Add(new(row.Node, row.Height));
        }

        LookAgain();
        foreach (var (key, keyState) in _keys.OrderBy(entry => entry.Value.Live[^1].Node).ToList())
            await ChooseAsync(key, keyState);
    }

    /// <summary>Keys that went stand in the list still, and some stand there twice.</summary>
    private void ForgetArrivals()
    {
        var kept = _arrivals.Distinct(StringComparer.Ordinal).Where(_keys.ContainsKey).ToList();
        _arrivals.Clear();
        _arrivals.AddRange(kept);
    }

    private QuarantineReason Admit(in DeltaElement element, string? seller, ReplicaCommit commit)
    {
        var current = Find(element.Key);
        if ((current is null || current.Seller != seller) && !_sellers.HasRoom(seller))
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxValuesPerSeller));
            return QuarantineReason.SellerQuota;
        }

        if (current is not null || _keys.Count < options.MaxValues)
            return QuarantineReason.None;
        ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxValues));
        return policy.IsVerified(element.Key, element.Value.Span) && TryMakeRoom(commit) ? QuarantineReason.None : QuarantineReason.NoRoom;
    }

    /// <summary>The youngest unverified value gives way, so that those who were here first stay.</summary>
    private bool TryMakeRoom(ReplicaCommit commit)
    {
        var tries = 0;
        for (var index = _arrivals.Count - 1; index >= 0 && tries < MostLooks; index--, tries++)
        {
            var key = _arrivals[index];
            if (!_keys.TryGetValue(key, out var state) || state.Winner is not { } winner)
            {
                // The key went by itself; its place in the list is not needed any more.
                _arrivals.RemoveAt(index);
                continue;
            }

            if (policy.IsVerified(key, winner.Value.Span))
                continue;
            _arrivals.RemoveAt(index);
            foreach (var element in state.Live)
                Quarantine.Add(new(key, element.Node, element.Height, QuarantineReason.GaveWay), commit);

            // The place is taken at once: nobody else need look whether it is his.
            var looks = _looks;
            Crown(key, state, null);
            _looks = looks;
            return true;
        }

        return false;
    }
}
