using Betar.Ethereum;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.Upto;

/// <summary>The proxy moves what is charged, at most what was permitted, and only for the named facilitator.</summary>
internal static class UptoSettle
{
    internal const string Failed = "invalid_upto_evm_transaction_failed";

    private static readonly AbiFunction Settle = new(
        "settle",
        [
            new AbiParameter("permit", AbiType.Parse("((address,uint256),uint256,uint256)")),
            new AbiParameter("amount", AbiType.Parse("uint256")),
            new AbiParameter("owner", AbiType.Parse("address")),
            new AbiParameter("witness", AbiType.Parse("(address,address,uint256)")),
            new AbiParameter("signature", AbiType.Parse("bytes")),
        ],
        []);

    internal static ContractCall Call(Permit2Payment payment) => new(
        Permit2Contracts.UptoProxy,
        Settle.Encode(
            Permit2Settle.Permit(payment.Terms), payment.Offer.Amount.Units, payment.Payer, Permit2Hasher.Witness(payment.Terms), SignatureChecks.Unwrap(payment.Signature)),
        Permit2Contracts.SettleGasLimit);

    /// <summary>Nothing used is nothing charged: no transaction.</summary>
    internal static SettlementRequest? Request(Permit2Payment payment) =>
        payment.Offer.Amount.IsZero ? null : Permit2Settle.Request(payment, Call(payment), payment.Offer.Amount);
}
