using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A book that a restart forgets: vouchers in it must be claimed before.</summary>
public sealed class MemoryChannelBook(TimeProvider time) : IChannelBook, IChannelClaims
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Hash32, ChannelState> _channels = [];
    private readonly HashSet<(Hash32, Nonce)> _deposits = [];
    private readonly List<(ClaimRun Run, Hash32[] Channels)> _runs = [];

    public Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_channels.GetValueOrDefault(channelId));
        }
    }

    public Task DepositedAsync(PaymentChannel channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_deposits.Add((channel.Id, deposit)))
            {
                var state = _channels.GetValueOrDefault(channel.Id) ?? ChannelState.New(channel);
                _channels[channel.Id] = state with { Balance = state.Balance + amount, Channel = channel };
            }
        }

        return Task.CompletedTask;
    }

    public Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
        PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var state = _channels.GetValueOrDefault(channel.Id);
            if (ChannelRules.IsRepeat(state, maxClaimable, step))
            {
                return Task.FromResult((VerificationOutcome.Accepted, state));
            }

            var outcome = ChannelRules.CheckCharge(state, maxClaimable, amount);
            if (outcome.IsAccepted)
            {
                state = state!.Charge(channel, maxClaimable, signature, amount, step, time.GetUtcNow());
                _channels[channel.Id] = state;
            }

            return Task.FromResult((outcome, state));
        }
    }

    public Task<IReadOnlyList<ChannelState>> FindUnclaimedAsync(Hash32? after, int most, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ChannelState>>(
            [
                .. _channels.Values.Where(state => state.Charged > state.TotalClaimed && state.Channel is not null && !IsInRun(state.ChannelId))
                    .OrderBy(state => state.ChannelId.ToString(), StringComparer.Ordinal)
                    .Where(state => after is not { } last || string.CompareOrdinal(state.ChannelId.ToString(), last.ToString()) > 0).Take(most),
            ]);
        }
    }

    public Task<IReadOnlyList<ClaimRun>> FindOpenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ClaimRun>>([.. _runs.Select(open => open.Run)]);
        }
    }

    public Task<bool> BeginAsync(ClaimRun run, CancellationToken cancellationToken)
    {
        var channels = run.Channels().ToArray();
        lock (_gate)
        {
            if (channels.Any(IsInRun))
            {
                return Task.FromResult(false);
            }

            _runs.Add((run, channels));
            return Task.FromResult(true);
        }
    }

    public Task EndAsync(ClaimRun run, IReadOnlyList<AtomicAmount> claimed, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var index = _runs.FindIndex(open => open.Run.Id == run.Id);
            if (index >= 0)
            {
                foreach (var (channel, amount) in _runs[index].Channels.Zip(claimed))
                {
                    if (_channels.TryGetValue(channel, out var state))
                    {
                        _channels[channel] = state.Claim(amount, time.GetUtcNow());
                    }
                }

                _runs.RemoveAt(index);
            }
        }

        return Task.CompletedTask;
    }

    private bool IsInRun(Hash32 channel) => _runs.Any(open => open.Channels.Contains(channel));
}
