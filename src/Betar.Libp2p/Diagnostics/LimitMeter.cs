using System.Collections.Concurrent;

namespace Betar.Libp2p.Diagnostics;

/// <summary>Counts the limits that one host has hit, beside the process's metric of them.</summary>
internal sealed class LimitMeter
{
    private readonly ConcurrentDictionary<string, long> _hits = new(StringComparer.Ordinal);

    /// <summary>By the limit's name; names are ours, so their number is bounded.</summary>
    public IReadOnlyDictionary<string, long> Hits => _hits;

    public void Hit(string limit)
    {
        _hits.AddOrUpdate(limit, 1, static (_, count) => count + 1);
        Libp2pInstruments.LimitHit(limit);
    }

    /// <summary>Counts the limit that an error names. Who hits a limit and names none has counted it already.</summary>
    public void Observe(Libp2pException error)
    {
        if (error.Limit is { } limit)
            Hit(limit);
    }

    public long Count(string limit) => _hits.GetValueOrDefault(limit);
}
