using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What of a seller's channels is to be claimed, and what is being claimed. A channel is in one run at a time.</summary>
public interface IChannelClaims
{
    /// <summary>Channels with something to claim that are in no run, by their ids, from behind this one on.</summary>
    Task<IReadOnlyList<ChannelState>> FindUnclaimedAsync(Hash32? after, int most, CancellationToken cancellationToken);

    /// <summary>Runs that were begun and not ended, oldest first.</summary>
    Task<IReadOnlyList<ClaimRun>> FindOpenAsync(CancellationToken cancellationToken);

    /// <summary>Written before anything is sent. False, and nothing is written, when one of its channels is in a run already.</summary>
    Task<bool> BeginAsync(ClaimRun run, CancellationToken cancellationToken);

    /// <summary>The run is over: so much is claimed on the chain of each of its channels, all claims together. Ending it again changes nothing.</summary>
    Task EndAsync(ClaimRun run, IReadOnlyList<AtomicAmount> claimed, CancellationToken cancellationToken);
}
