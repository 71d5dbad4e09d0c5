using Betar.Ethereum;
using Betar.Grains.Settlement;

namespace Betar.Cluster.Tests.Model;

/// <summary>Gas is free, or above every ceiling.</summary>
internal sealed class ModelFees : IGasFees
{
    private readonly FreeGas _free = new();

    public bool TooExpensive { get; set; }

    public ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken) =>
        TooExpensive ? ValueTask.FromResult(new FeeOutcome(FeeStatus.TooExpensive, null, "too much")) : _free.QuoteAsync(cancellationToken);

    public FeeOutcome Replace(FeeQuote sent, FeeQuote? now) => _free.Replace(sent, now);
}
