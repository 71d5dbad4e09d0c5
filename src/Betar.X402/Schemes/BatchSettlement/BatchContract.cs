using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>The functions and the event of the channels' contract, by its published interface.</summary>
internal static class BatchContract
{
    internal const ulong ClaimGasLimit = 150_000;
    internal const ulong ClaimEntryGasLimit = 80_000;
    internal const ulong PayOutGasLimit = 120_000;
    internal const ulong RefundGasLimit = 150_000;

    private const string Config = "(address,address,address,address,address,uint40,bytes32)";

    internal static readonly AbiFunction Deposit = Of("deposit", Config, "uint128", "address", "bytes");
    internal static readonly AbiFunction Claim = Of("claimWithSignature", $"(({Config},uint128),bytes,uint128)[]", "bytes");
    internal static readonly AbiFunction Settle = Of("settle", "address", "address");
    internal static readonly AbiFunction Refund = Of("refundWithSignature", Config, "uint128", "uint256", "bytes");
    internal static readonly AbiFunction Multicall = Of("multicall", "bytes[]");
    internal static readonly AbiFunction Channels = new("channels", Parameters("bytes32"), Parameters("uint128", "uint128"));
    internal static readonly AbiFunction PendingWithdrawals = new("pendingWithdrawals", Parameters("bytes32"), Parameters("uint128", "uint40"));
    internal static readonly AbiFunction RefundNonce = new("refundNonce", Parameters("bytes32"), Parameters("uint256"));
    internal static readonly AbiFunction Receivers = new("receivers", Parameters("address", "address"), Parameters("uint128", "uint128"));

    internal static readonly Hash32 Settled = new(Keccak256.Hash("Settled(address,address,address,uint128)"u8));

    internal static object[] Encode(ChannelConfig config) =>
        [config.Payer, config.PayerAuthorizer, config.Receiver, config.ReceiverAuthorizer, config.Token, (UInt256)config.WithdrawDelay, config.Salt.ToArray()];

    private static AbiFunction Of(string name, params string[] inputs) => new(name, Parameters(inputs), []);

    private static AbiParameter[] Parameters(params string[] types) => [.. types.Select(type => new AbiParameter("", AbiType.Parse(type)))];
}
