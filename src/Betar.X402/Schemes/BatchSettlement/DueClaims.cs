using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>Which channels are to be claimed now: by what they owe, by its age, because their payer is leaving, or all of them.</summary>
internal sealed class DueClaims(IChannelClaims book, ClaimChains chains, Address authorizer, ChannelClaimOptions options, TimeProvider time)
{
    private const int Page = 256;

    // A payer who leaves is seen in the first half of its delay, even when one look fails.
    private const ulong LooksInADelay = 4;

    private Dictionary<Hash32, DateTimeOffset> _looks = [];

    internal async Task<(IReadOnlyList<DueClaim> Due, ClaimRound Round)> FindAsync(bool everything, CancellationToken cancellationToken)
    {
        var (due, round, looks) = (new List<DueClaim>(), new ClaimRound(), new Dictionary<Hash32, DateTimeOffset>());
        Hash32? last = null;
        while (true)
        {
            var page = await book.FindUnclaimedAsync(last, Page, cancellationToken);
            foreach (var state in page)
            {
                round += await JudgeAsync(state, state.Channel!, everything, due, looks, cancellationToken);
            }

            if (page.Count < Page)
            {
                _looks = looks;
                return (due, round);
            }

            last = page[^1].ChannelId;
        }
    }

    private async Task<ClaimRound> JudgeAsync(
        ChannelState state, PaymentChannel channel, bool everything, List<DueClaim> due, Dictionary<Hash32, DateTimeOffset> looks, CancellationToken cancellationToken)
    {
        var owed = state.Charged - state.TotalClaimed;
        if (owed < options.Least)
        {
            return new ClaimRound();
        }

        if (!everything && owed < options.Threshold && !IsOld(state))
        {
            switch (await IsLeavingAsync(channel, looks, cancellationToken))
            {
                case null:
                    return new ClaimRound { Unknown = 1 };
                case false:
                    return new ClaimRound();
            }
        }

        if (channel.Config.ReceiverAuthorizer != authorizer)
        {
            return new ClaimRound { Refused = 1 };
        }

        return await chains.StandingAsync(channel, cancellationToken) is not { } standing
            ? new ClaimRound { Unknown = 1 }
            : await AddAsync(state, channel, standing, due, cancellationToken);
    }

    private async Task<ClaimRound> AddAsync(
        ChannelState state, PaymentChannel channel, ChannelStanding standing, List<DueClaim> due, CancellationToken cancellationToken)
    {
        var isShort = state.Charged > standing.Balance;
        var there = state with { TotalClaimed = standing.TotalClaimed, Charged = isShort ? standing.Balance : state.Charged };
        var round = new ClaimRound { Uncovered = isShort ? 1 : 0 };
        if (BatchClaim.Of(channel.Config, there) is { } claim)
        {
            due.Add(new DueClaim(channel, claim, standing.TotalClaimed));
        }
        else if (standing.TotalClaimed > state.TotalClaimed)
        {
            // Somebody else brought it there: the book learns it, and nothing is sent.
            var known = new BatchClaim(channel.Config, state.SignedMax, state.Signature, standing.TotalClaimed);
            var run = new ClaimRun(Nonce.Random(), channel.Network, [known], 0, time.GetUtcNow());
            if (await book.BeginAsync(run, cancellationToken))
            {
                await book.EndAsync(run, [standing.TotalClaimed], CancellationToken.None);
            }
        }

        return round;
    }

    private bool IsOld(ChannelState state) => state.UnclaimedSince is not { } since || time.GetUtcNow() - since >= options.MaxAge;

    // False while it is not time to look again. Null: the chain did not say.
    private async Task<bool?> IsLeavingAsync(PaymentChannel channel, Dictionary<Hash32, DateTimeOffset> looks, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_looks.TryGetValue(channel.Id, out var next) && next > now)
        {
            looks[channel.Id] = next;
            return false;
        }

        var leaving = await chains.IsLeavingAsync(channel, cancellationToken);
        if (leaving == false)
        {
            looks[channel.Id] = now + TimeSpan.FromSeconds((long)(channel.Config.WithdrawDelay / LooksInADelay));
        }

        return leaving;
    }
}
