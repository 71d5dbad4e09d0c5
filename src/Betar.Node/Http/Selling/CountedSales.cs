using System.Diagnostics.Metrics;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Node.Http.Selling;

/// <summary>Counts what is sold over HTTP on its way into the book, on the meter "Betar".</summary>
internal sealed class CountedSales(ISaleBook book) : ISaleBook
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly Counter<long> s_sales = s_meter.CreateCounter<long>("betar.web.sales", description: "Sales over HTTP, by scheme.");

    private static readonly Counter<long> s_tokens = s_meter.CreateCounter<long>("betar.web.tokens", description: "Tokens of models that were sold over HTTP, by direction: input, output.");

    private static readonly Counter<long> s_kept = s_meter.CreateCounter<long>("betar.web.kept_units", description: "Units of the token that sales over HTTP earned.");

    public Task PaidAsync(PaidSale sale, CancellationToken cancellationToken)
    {
        s_sales.Add(1, new KeyValuePair<string, object?>("scheme", sale.Scheme));
        return book.PaidAsync(sale, cancellationToken);
    }

    public Task KeptAsync(PaymentKey key, AtomicAmount kept, UsedTokens? usage, CancellationToken cancellationToken)
    {
        // Counters are for watching: what is more than they hold is still in the book.
        s_kept.Add(kept.Units.TryToUInt64(out ulong units) ? (long)Math.Min(units, long.MaxValue) : long.MaxValue);
        s_tokens.Add(usage?.Input ?? 0, new KeyValuePair<string, object?>("direction", "input"));
        s_tokens.Add(usage?.Output ?? 0, new KeyValuePair<string, object?>("direction", "output"));
        return book.KeptAsync(key, kept, usage, cancellationToken);
    }
}
