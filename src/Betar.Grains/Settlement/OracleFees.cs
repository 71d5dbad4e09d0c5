using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>The chain's own prices under the operator's ceiling, asked for at most once in a while.</summary>
public sealed class OracleFees(FeeOracle oracle, TimeSpan fresh, TimeProvider time) : IGasFees
{
    private readonly Lock _gate = new();
    private Task<FeeOutcome>? _asked;
    private long _askedAt;

    public async ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken)
    {
        Task<FeeOutcome> asked;
        lock (_gate)
        {
            if (_asked is not { } last || time.GetElapsedTime(_askedAt) >= fresh || last is { IsCompletedSuccessfully: true, Result.Status: FeeStatus.Unavailable })
            {
                _asked = oracle.QuoteAsync(CancellationToken.None);
                _askedAt = time.GetTimestamp();
            }
            asked = _asked;
        }
        return await asked.WaitAsync(cancellationToken);
    }

    public FeeOutcome Replace(FeeQuote sent, FeeQuote? now) => oracle.Replace(sent, now);
}
