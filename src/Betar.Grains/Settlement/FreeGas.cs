using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>Chains of this machine count gas and take nothing for it; there is nothing to outbid.</summary>
public sealed class FreeGas : IGasFees
{
    private static readonly FeeOutcome s_free = new(FeeStatus.Quoted, new FeeQuote(0, 0, 0, HasBaseFee: true), "");

    public ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(s_free);

    public FeeOutcome Replace(FeeQuote sent, FeeQuote? now) => new(FeeStatus.TooExpensive, null, "gas is free here, and a replacement would not be");
}
