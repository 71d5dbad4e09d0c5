using Betar.Storage.Ledger;

namespace Betar.Node.Watching;

/// <summary>How many orders were begun within the last seconds, by agent.</summary>
/// <param name="ByAgent">Of those that had any.</param>
/// <param name="PerSecond">Of all together.</param>
internal sealed record RecentOrders(IReadOnlyDictionary<string, int> ByAgent, double PerSecond)
{
    /// <summary>So far back it looks.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Entries that it looks at; when more were written, it goes by the time that these took.</summary>
    public const int MaxEntries = 20_000;

    public static async Task<RecentOrders> ReadAsync(ILedger ledger, DateTimeOffset now, CancellationToken cancellation)
    {
        Dictionary<string, int> byAgent = new(StringComparer.Ordinal);
        DateTimeOffset oldest = now - Window;
        int seen = 0, begun = 0;
        await foreach (LedgerEntry entry in ledger.QueryAsync(new LedgerQuery { NewestFirst = true, WithoutBodies = true, Limit = MaxEntries }, cancellation))
        {
            if (entry.At < oldest)
                break;
            if (++seen == MaxEntries)
                oldest = entry.At;
            if (entry.Kind != LedgerKind.Reserved)
                continue;
            begun++;
            byAgent[entry.AgentId] = byAgent.GetValueOrDefault(entry.AgentId) + 1;
        }

        return new RecentOrders(byAgent, begun / Math.Max(1, (now - oldest).TotalSeconds));
    }
}
