using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>What a chain says became of a payment.</summary>
public sealed class SettlementReader(IChainClient chain)
{
    /// <summary>Transfers that are looked through for the one that is meant, the newest first. Between the same two there may be many of one price.</summary>
    public const int MaxCandidates = 256;

    /// <summary>By a transaction that somebody names: the receipt must carry exactly what is expected.</summary>
    public async Task<SettlementOutcome> OfTransactionAsync(SettlementRequest request, Hash32 hash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcome = await OfOwnTransactionAsync(request, hash, cancellationToken);
        return outcome.Status == SettlementStatus.Settled && request.NeedsOwnCall ? await CompareAsync(request, outcome, hash, cancellationToken) : outcome;
    }

    /// <summary>By a transaction that we sent for it ourselves.</summary>
    public async Task<SettlementOutcome> OfOwnTransactionAsync(SettlementRequest request, Hash32 hash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        TransactionReceipt? receipt;
        try
        {
            receipt = await chain.GetReceiptAsync(hash, cancellationToken);
        }
        catch (ChainUnavailableException)
        {
            return SettlementOutcome.Pending(hash, "the chain cannot be reached");
        }

        return new SettlementOutcome(StatusOf(request, receipt)) { Transaction = hash, Block = receipt?.BlockNumber };
    }

    /// <summary>By the payer's nonce, whoever used it. Requests without one cannot be asked that way.</summary>
    public async Task<SettlementOutcome> OfAuthorizationAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is { Use: null, Permit: null })
        {
            return new SettlementOutcome(SettlementStatus.Unused);
        }

        var used = request.Use is { } use
            ? await new Eip3009Token(chain, use.Token).AuthorizationStateAsync(use.Authorizer, use.Nonce, cancellationToken)
            : await request.Permit!.IsUsedAsync(chain, cancellationToken);
        if (!used.TryGetValue(out var isUsed))
        {
            return SettlementOutcome.Pending(detail: "the chain cannot be asked");
        }

        if (!isUsed)
        {
            return new SettlementOutcome(SettlementStatus.Unused);
        }

        try
        {
            return request.Use is { } authorization
                ? await OfUseAsync(request, authorization, cancellationToken)
                : await OfCallAsync(request, cancellationToken) ?? SettlementOutcome.Pending(detail: "the permit is used, and the transfer is not to be seen yet");
        }
        catch (ChainUnavailableException)
        {
            return SettlementOutcome.Pending(detail: "the chain cannot be reached");
        }
    }

    /// <summary>By the transaction that made exactly this call, whoever sent it; null where none is to be seen.</summary>
    /// <exception cref="ChainUnavailableException">The chain did not answer.</exception>
    public async Task<SettlementOutcome?> OfCallAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (FilterOf(request) is not { } filter)
        {
            return null;
        }

        var first = request.Since == 0 ? 0 : await BlockSearch.FirstSinceAsync(chain, request.Since, cancellationToken);
        var logs = await chain.GetLogsAsync(filter with { FromBlock = first }, cancellationToken);
        foreach (var hash in logs.Reverse().Select(log => log.TransactionHash).Distinct().Take(MaxCandidates))
        {
            var outcome = await OfOwnTransactionAsync(request, hash, cancellationToken);
            outcome = outcome.Status == SettlementStatus.Settled ? await CompareAsync(request, outcome, hash, cancellationToken) : outcome;
            if (outcome.Status is SettlementStatus.Settled or SettlementStatus.Pending)
            {
                return outcome;
            }
        }

        return null;
    }

    private static LogFilter? FilterOf(SettlementRequest request) =>
        request.Event is { } expected ? new LogFilter { Address = expected.Contract, Topics = [expected.Topic, expected.Subject] }
        : request.Transfer is { } transfer ? TransferEvent.BetweenFilter(transfer.Token, transfer.From, transfer.To, 0)
        : null;

    private async Task<SettlementOutcome> CompareAsync(SettlementRequest request, SettlementOutcome found, Hash32 hash, CancellationToken cancellationToken)
    {
        var known = await chain.FindTransactionAsync(hash, cancellationToken);
        return !known.TryGetValue(out var transaction) ? SettlementOutcome.Pending(hash, "the chain does not say what the transaction was")
            : transaction is not null && transaction.Makes(request.Call) ? found
            : found with { Status = SettlementStatus.TransferMissing };
    }

    private static SettlementStatus StatusOf(SettlementRequest request, TransactionReceipt? receipt) =>
        receipt is null ? SettlementStatus.Pending
        : !receipt.Succeeded ? SettlementStatus.Reverted
        : request.IsProvenBy(receipt.Logs) ? SettlementStatus.Settled
        : SettlementStatus.TransferMissing;

    // The same nonce in the same transaction as this very transfer: it was this payment, whoever sent it. Only another use or a cancellation
    // that is seen is proof that it was not: a node's logs may lag behind its state.
    private async Task<SettlementOutcome> OfUseAsync(SettlementRequest request, AuthorizationUse use, CancellationToken cancellationToken)
    {
        var ends = await chain.GetLogsAsync(AuthorizationEvent.UsedFilter(use.Token, use.Authorizer, use.Nonce, 0), cancellationToken);
        if (ends.Count == 0)
        {
            ends = await chain.GetLogsAsync(AuthorizationEvent.CanceledFilter(use.Token, use.Authorizer, use.Nonce, 0), cancellationToken);
            return ends.Count == 0
                ? SettlementOutcome.Pending(detail: "the authorisation is used, and the transfer is not to be seen yet")
                : new SettlementOutcome(SettlementStatus.Used) { Block = ends[0].BlockNumber };
        }

        foreach (var log in ends)
        {
            var outcome = await OfTransactionAsync(request, log.TransactionHash, cancellationToken);
            if (outcome.Status is SettlementStatus.Settled or SettlementStatus.Pending)
            {
                return outcome;
            }
        }

        return new SettlementOutcome(SettlementStatus.Used) { Block = ends[0].BlockNumber };
    }
}
