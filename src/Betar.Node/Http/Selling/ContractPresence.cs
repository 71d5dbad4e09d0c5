using Betar.Ethereum;
using Betar.Node.Composition;

namespace Betar.Node.Http.Selling;

/// <summary>Whether contracts stand on the chain. What is not there now is looked for again a minute later.</summary>
internal sealed class ContractPresence(ChainLink chain, IReadOnlyList<Address> contracts, TimeProvider time)
{
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _lookedAt;
    private bool _stands;

    public async Task<bool> StandsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_stands || (_lookedAt is { } then && time.GetElapsedTime(then) < s_again))
                return _stands;
        }

        bool stands;
        try
        {
            stands = await chain.HasAsync(contracts, cancellationToken);
        }
        catch (ChainUnavailableException)
        {
            // Nobody knows: what is sold now is offered without them, and the next asks again.
            return false;
        }

        lock (_lock)
            (_stands, _lookedAt) = (stands, time.GetTimestamp());
        return stands;
    }
}
