using Betar.Ethereum;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.ExactPermit2;

/// <summary>The proxy moves what was permitted, for whoever pays the gas.</summary>
internal static class ExactPermit2Settle
{
    private static readonly AbiFunction Settle = new(
        "settle",
        [
            new AbiParameter("permit", AbiType.Parse("((address,uint256),uint256,uint256)")),
            new AbiParameter("owner", AbiType.Parse("address")),
            new AbiParameter("witness", AbiType.Parse("(address,uint256)")),
            new AbiParameter("signature", AbiType.Parse("bytes")),
        ],
        []);

    internal static ContractCall Call(Permit2Payment payment) => new(
        Permit2Contracts.ExactProxy,
        Settle.Encode(Permit2Settle.Permit(payment.Terms), payment.Payer, Permit2Hasher.Witness(payment.Terms), SignatureChecks.Unwrap(payment.Signature)),
        Permit2Contracts.SettleGasLimit);

    internal static SettlementRequest Request(Permit2Payment payment) => Permit2Settle.Request(payment, Call(payment), payment.Amount);
}
