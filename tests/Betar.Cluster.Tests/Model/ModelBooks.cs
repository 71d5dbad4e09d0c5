using Betar.Storage.Ledger;

namespace Betar.Cluster.Tests.Model;

/// <summary>The ledger's sums at one moment, as plain numbers.</summary>
internal readonly record struct ModelBooks(ulong In, ulong Delivered, ulong Refunded, ulong Held)
{
    public static async Task<ModelBooks> ReadAsync(ModelWorld world)
    {
        LedgerTotals totals = await world.Ledger.TotalsAsync(default);
        Assert.True(totals.Conserved);
        return new ModelBooks((ulong)totals.In.Units, (ulong)totals.Delivered.Units, (ulong)totals.Refunded.Units, (ulong)totals.Held.Units);
    }
}
