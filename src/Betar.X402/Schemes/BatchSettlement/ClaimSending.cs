using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>
/// Brings claims onto the chain. A run is in the book before it is sent, and what ends it is the chain's word on its channels: whether an
/// answer was lost makes no difference, and what a late transaction claims cannot be claimed twice.
/// </summary>
internal sealed class ClaimSending(
    IChannelClaims book, ClaimChains chains, ISettlementChannel channel, ISigner authorizer, ChannelClaimOptions options, TimeProvider time)
{
    /// <summary>A run of before.</summary>
    internal async Task<ClaimRound> ResumeAsync(ClaimRun run, CancellationToken cancellationToken) =>
        await EndAsync(run, time.GetUtcNow() - run.Since >= options.Patience, cancellationToken);

    /// <summary>Claims of one receiver and token.</summary>
    internal async Task<ClaimRound> SendAsync(IReadOnlyList<DueClaim> due, CancellationToken cancellationToken)
    {
        var network = due[0].Channel.Network;
        var taken = await FindTakenAsync(network, due, cancellationToken);
        if (taken is null || await chains.DueAsync(network, due[0].Claim.Config.Receiver, due[0].Claim.Config.Token, cancellationToken) is not { } left)
        {
            return new ClaimRound { Unknown = due.Count };
        }

        var round = new ClaimRound { Refused = due.Count - taken.Count };
        if (taken.Count == 0)
        {
            return round;
        }

        var run = new ClaimRun(Nonce.Random(), network, [.. taken.Select(one => one.Claim)], taken.Aggregate(left, (sum, one) => sum + one.Gain), time.GetUtcNow());
        if (await SignAsync(network, run.Claims, cancellationToken) is not { } signature)
        {
            return round with { Refused = due.Count };
        }

        if (!await book.BeginAsync(run, cancellationToken))
        {
            return round;
        }

        using var patience = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var outcome = await channel.SettleAsync(BatchSteps.ClaimAndPayOut(run, signature), either.Token);
        var isOver = outcome.Status is SettlementStatus.Reverted or SettlementStatus.Refused;
        return round + await EndAsync(run, isOver, cancellationToken);
    }

    // Those that the contract takes: one that it would not spoils no other.
    private async Task<IReadOnlyList<DueClaim>?> FindTakenAsync(NetworkId network, IReadOnlyList<DueClaim> due, CancellationToken cancellationToken)
    {
        switch (await WouldTakeAsync(network, due, cancellationToken))
        {
            case null:
                return null;
            case true:
                return due;
            case false when due.Count == 1:
                return [];
        }

        var taken = new List<DueClaim>();
        foreach (var one in due)
        {
            if (await WouldTakeAsync(network, [one], cancellationToken) == true)
            {
                taken.Add(one);
            }
        }

        // Each alone and not together: the contract does not say why, and nothing is sent for it.
        return taken.Count < due.Count ? taken : [];
    }

    private async Task<bool?> WouldTakeAsync(NetworkId network, IReadOnlyList<DueClaim> due, CancellationToken cancellationToken)
    {
        BatchClaim[] claims = [.. due.Select(one => one.Claim)];
        return await SignAsync(network, claims, cancellationToken) is { } signature
            ? await chains.WouldTakeAsync(network, BatchSteps.Claim(claims, signature), cancellationToken)
            : null;
    }

    private async Task<byte[]?> SignAsync(NetworkId network, IReadOnlyList<BatchClaim> claims, CancellationToken cancellationToken) =>
        (await authorizer.SignTypedDataAsync(BatchHasher.ClaimBatch(network, claims), cancellationToken)).TryGetValue(out var signature) ? signature : null;

    private async Task<ClaimRound> EndAsync(ClaimRun run, bool isOver, CancellationToken cancellationToken)
    {
        var claimed = new AtomicAmount[run.Claims.Count];
        var isDone = true;
        for (var i = 0; i < claimed.Length; i++)
        {
            if (await chains.StandingAsync(PaymentChannel.Of(run.Network, run.Claims[i].Config), cancellationToken) is not { } standing)
            {
                return new ClaimRound { Open = run.Claims.Count, Unknown = 1 };
            }

            claimed[i] = standing.TotalClaimed;
            isDone &= claimed[i] >= run.Claims[i].TotalClaimed;
        }

        if (!isDone && !isOver)
        {
            return new ClaimRound { Open = run.Claims.Count };
        }

        await book.EndAsync(run, claimed, CancellationToken.None);
        return isDone ? new ClaimRound { Claimed = run.Claims.Count, Value = run.Due } : new ClaimRound();
    }
}
