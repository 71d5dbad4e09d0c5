using Betar.Ethereum;

namespace Betar.X402.Selling;

/// <summary>What buyers may fetch again without paying: their own answers, as long as they are kept.</summary>
public interface IBoughtAnswers
{
    /// <summary>The last answer that this buyer paid for with exactly this request; null when there is none.</summary>
    Task<StoredAnswer?> FindAsync(Address buyer, Hash32 fingerprint, CancellationToken cancellationToken);
}
