using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>What a chain says became of a payment.</summary>
public sealed class SettlementReader(IChainClient chain)
{
    /// <summary>By its transaction: the receipt must carry exactly what is expected.</summary>
    public async Task<SettlementOutcome> OfTransactionAsync(SettlementRequest request, Hash32 hash, CancellationToken cancellationToken)
    {
        TransactionReceipt? receipt;
        try
        {
            receipt = await chain.GetReceiptAsync(hash, cancellationToken);
        }
        catch (ChainUnavailableException)
        {
            return SettlementOutcome.Pending(hash, "the chain cannot be reached");
        }

        var status = receipt is null ? SettlementStatus.Pending
            : !receipt.Succeeded ? SettlementStatus.Reverted
            : request.IsProvenBy(receipt.Logs) ? SettlementStatus.Settled
            : SettlementStatus.TransferMissing;
        return new SettlementOutcome(status) { Transaction = hash };
    }

    /// <summary>By the payer's authorisation, whoever used it. Schemes without one cannot be asked that way.</summary>
    public async Task<SettlementOutcome> OfAuthorizationAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        if (request.Use is not { } use)
        {
            return new SettlementOutcome(SettlementStatus.Unused);
        }

        var used = await new Eip3009Token(chain, use.Token).AuthorizationStateAsync(use.Authorizer, use.Nonce, cancellationToken);
        if (!used.TryGetValue(out var isUsed))
        {
            return SettlementOutcome.Pending(detail: "the chain cannot be asked");
        }

        return isUsed ? await OfUseAsync(request, use, cancellationToken) : new SettlementOutcome(SettlementStatus.Unused);
    }

    // The same nonce in the same transaction as this very transfer: it was this payment, whoever sent it. Only another use or a cancellation
    // that is seen is proof that it was not: a node's logs may lag behind its state.
    private async Task<SettlementOutcome> OfUseAsync(SettlementRequest request, AuthorizationUse use, CancellationToken cancellationToken)
    {
        try
        {
            var logs = await chain.GetLogsAsync(AuthorizationEvent.UsedFilter(use.Token, use.Authorizer, use.Nonce, 0), cancellationToken);
            if (logs.Count == 0
                && await chain.GetLogsAsync(AuthorizationEvent.CanceledFilter(use.Token, use.Authorizer, use.Nonce, 0), cancellationToken) is { Count: 0 })
            {
                return SettlementOutcome.Pending(detail: "the authorisation is used, and the transfer is not to be seen yet");
            }

            foreach (var log in logs)
            {
                var outcome = await OfTransactionAsync(request, log.TransactionHash, cancellationToken);
                if (outcome.Status is SettlementStatus.Settled or SettlementStatus.Pending)
                {
                    return outcome;
                }
            }
        }
        catch (ChainUnavailableException)
        {
            return SettlementOutcome.Pending(detail: "the chain cannot be reached");
        }

        return new SettlementOutcome(SettlementStatus.Used);
    }
}
