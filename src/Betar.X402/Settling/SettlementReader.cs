using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>What a chain says became of a payment.</summary>
public sealed class SettlementReader(IChainClient chain)
{
    /// <summary>By its transaction: the receipt must carry exactly the transfer.</summary>
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
            : request.Transfer.IsIn(receipt.Logs) ? SettlementStatus.Settled
            : SettlementStatus.TransferMissing;
        return new SettlementOutcome(status) { Transaction = hash };
    }

    /// <summary>By the payer's authorisation, whoever used it. Schemes without one cannot be asked that way.</summary>
    public async Task<SettlementOutcome> OfAuthorizationAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        if (request.Authorization is not { } authorization)
        {
            return new SettlementOutcome(SettlementStatus.Unused);
        }

        var token = request.Transfer.Token;
        var used = await new Eip3009Token(chain, token).AuthorizationStateAsync(authorization.From, authorization.Nonce, cancellationToken);
        if (!used.TryGetValue(out var isUsed))
        {
            return SettlementOutcome.Pending(detail: "the chain cannot be asked");
        }

        return isUsed ? await OfUseAsync(request, token, authorization, cancellationToken) : new SettlementOutcome(SettlementStatus.Unused);
    }

    // The same nonce in the same transaction as this very transfer: it was this payment, whoever sent it.
    private async Task<SettlementOutcome> OfUseAsync(
        SettlementRequest request, Address token, SignedTransferAuthorization authorization, CancellationToken cancellationToken)
    {
        try
        {
            var logs = await chain.GetLogsAsync(AuthorizationEvent.UsedFilter(token, authorization.From, authorization.Nonce, 0), cancellationToken);
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
