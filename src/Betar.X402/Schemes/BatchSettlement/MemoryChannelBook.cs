using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A book that a restart forgets: vouchers in it must be claimed before.</summary>
public sealed class MemoryChannelBook : IChannelBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Hash32, ChannelState> _channels = [];
    private readonly HashSet<(Hash32, Nonce)> _deposits = [];

    public Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_channels.GetValueOrDefault(channelId));
        }
    }

    public Task DepositedAsync(Hash32 channelId, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_deposits.Add((channelId, deposit)))
            {
                var state = _channels.GetValueOrDefault(channelId) ?? new ChannelState(channelId, 0, 0, 0, 0, default);
                _channels[channelId] = state with { Balance = state.Balance + amount };
            }
        }

        return Task.CompletedTask;
    }

    public Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
        Hash32 channelId, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var state = _channels.GetValueOrDefault(channelId);
            if (ChannelRules.IsRepeat(state, maxClaimable, step))
            {
                return Task.FromResult((VerificationOutcome.Accepted, state));
            }

            var outcome = ChannelRules.CheckCharge(state, maxClaimable, amount);
            if (outcome.IsAccepted)
            {
                state = state!.Charge(maxClaimable, signature, amount, step);
                _channels[channelId] = state;
            }

            return Task.FromResult((outcome, state));
        }
    }
}
