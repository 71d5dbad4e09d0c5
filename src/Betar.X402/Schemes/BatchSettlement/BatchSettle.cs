using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>Deposits go onto the chain, charges into the book.</summary>
internal static class BatchSettle
{
    private static readonly IReadOnlyList<AbiType> CollectorTypes = [.. new[] { "uint256", "uint256", "uint256", "bytes" }.Select(AbiType.Parse)];

    internal static SettlementRequest? Request(BatchPayment payment)
    {
        if (payment.Deposit is not { } deposit)
        {
            return null;
        }

        var terms = payment.DepositTerms;
        var config = payment.Config;
        var collectorData = AbiEncoder.Encode(CollectorTypes, deposit.ValidAfter, deposit.ValidBefore, deposit.Salt, SignatureChecks.Unwrap(deposit.Signature));
        return new SettlementRequest
        {
            Key = new PaymentKey(payment.Offer.Asset.Network, config.Token, payment.Payer, terms.Nonce),
            Call = new ContractCall(
                BatchContracts.Settlement,
                BatchContract.Deposit.Encode(BatchContract.Encode(config), deposit.Amount.Units, BatchContracts.Eip3009Collector, collectorData),
                BatchContracts.DepositGasLimit),
            Transfer = new ExpectedTransfer(config.Token, payment.Payer, BatchContracts.Eip3009Collector, deposit.Amount),
            ValidBefore = payment.ValidBefore,
            Use = new AuthorizationUse(config.Token, payment.Payer, terms.Nonce.Value),
        };
    }

    internal static async ValueTask<SettleResponse> ChargeAsync(
        BatchPayment payment, IChannelBook book, SettleResponse response, string? attempt, CancellationToken cancellationToken)
    {
        var step = attempt is null ? null : $"{attempt} {payment.Offer.Amount}";
        var (outcome, state) = await book.ChargeAsync(payment.Channel, payment.MaxClaimable, SignatureChecks.Unwrap(payment.Signature), payment.Offer.Amount, step, cancellationToken);
        return outcome.IsAccepted
            ? response with { Success = true, Amount = payment.Offer.Amount.ToString(), Extra = State(state!, payment.Offer.Amount) }
            : response with { Success = false, ErrorReason = outcome.Reason.Text };
    }

    // What the buyer needs to sign its next voucher.
    private static JsonElement State(ChannelState state, AtomicAmount charged) => JsonSerializer.SerializeToElement(new Dictionary<string, object>
    {
        ["channelState"] = new Dictionary<string, object>
        {
            ["channelId"] = state.ChannelId.ToString(),
            ["balance"] = state.Balance.ToString(),
            ["totalClaimed"] = state.TotalClaimed.ToString(),
            ["withdrawRequestedAt"] = 0,
            ["refundNonce"] = "0",
            ["chargedCumulativeAmount"] = state.Charged.ToString(),
        },
        ["chargedAmount"] = charged.ToString(),
    });
}
