using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>What this node offers for gas on its network.</summary>
public interface IGasFees
{
    ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken);

    /// <summary>What takes the place of a transaction that waits too long.</summary>
    FeeOutcome Replace(FeeQuote sent, FeeQuote? now);
}
