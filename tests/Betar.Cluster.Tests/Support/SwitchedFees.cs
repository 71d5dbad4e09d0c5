using Betar.Ethereum;
using Betar.Grains.Settlement;

namespace Betar.Cluster.Tests.Support;

/// <summary>Gas that is free, or above the ceiling.</summary>
internal sealed class SwitchedFees : IGasFees
{
    private readonly FreeGas _free = new();

    public bool TooExpensive { get; set; }

    public ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken) => TooExpensive
        ? ValueTask.FromResult(new FeeOutcome(FeeStatus.TooExpensive, null, "inclusion takes 9 wei per gas and 1 are allowed"))
        : _free.QuoteAsync(cancellationToken);

    public FeeOutcome Replace(FeeQuote sent, FeeQuote? now) => _free.Replace(sent, now);
}
