using System.Collections.Concurrent;

namespace Betar.Blocks.Diagnostics;

/// <summary>Counts the limits that one exchange or store has hit, beside the process's metric of them.</summary>
public sealed class BlocksMeter
{
    private readonly ConcurrentDictionary<string, long> _hits = new(StringComparer.Ordinal);

    /// <summary>By the limit's name; names are ours, so their number is bounded.</summary>
    public IReadOnlyDictionary<string, long> Hits => _hits;

    /// <summary>A store had no room for blocks.</summary>
    public void HitQuota() => Hit(BlocksLimit.StoreQuota);

    internal void Hit(string limit)
    {
        _hits.AddOrUpdate(limit, 1, static (_, count) => count + 1);
        BlocksInstruments.LimitHit(limit);
    }

    internal long Count(string limit) => _hits.GetValueOrDefault(limit);
}
