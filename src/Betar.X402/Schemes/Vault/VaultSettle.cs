using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Vault;

/// <summary>Brings the money into the vault, for whoever pays the gas.</summary>
internal static class VaultSettle
{
    internal static ContractCall Call(VaultPayment payment)
    {
        var authorization = payment.Authorization;
        return new ContractCall(
            payment.Demand.Vault,
            VaultContract.Deposit.Encode(payment.Terms.Encoded, authorization.ValidAfter, authorization.ValidBefore, SignatureChecks.Unwrap(payment.Signature)),
            VaultContract.DepositGasLimit);
    }

    /// <summary>Money alone proves nothing: a transfer under the same nonce would fill the vault and open no escrow.</summary>
    internal static SettlementRequest Request(VaultPayment payment)
    {
        var token = payment.Offer.Asset.Address;
        return new SettlementRequest
        {
            Key = payment.Key,
            Call = Call(payment),
            Transfer = new ExpectedTransfer(token, payment.Payer, payment.Demand.Vault, payment.Amount),
            Event = new ExpectedEvent(payment.Demand.Vault, VaultContract.Deposited, payment.Id),
            ValidBefore = payment.ValidBefore,
            Use = new AuthorizationUse(token, payment.Payer, payment.Authorization.Nonce.Value),
        };
    }

    /// <summary>What the buyer's and the seller's next steps are told by: who knows the terms finds the escrow.</summary>
    internal static SettleResponse Described(VaultPayment payment, SettleResponse settled) => settled with
    {
        Extra = JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["vault"] = payment.Demand.Vault.ToString(),
            ["escrow"] = payment.Id.ToString(),
            ["deadline"] = payment.Terms.Deadline,
        }),
    };

    internal static string? ReasonOf(SettlementStatus status) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        SettlementStatus.Used => VerificationReasons.NonceAlreadyUsed.Text,
        _ => VaultReasons.DepositFailed,
    };
}
