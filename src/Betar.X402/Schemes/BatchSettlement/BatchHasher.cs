using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What is signed for channels, and their ids.</summary>
public static class BatchHasher
{
    private static readonly TypedStructs Config = TypedStructs.Create(("ChannelConfig",
    [
        new("payer", "address"), new("payerAuthorizer", "address"), new("receiver", "address"), new("receiverAuthorizer", "address"),
        new("token", "address"), new("withdrawDelay", "uint40"), new("salt", "bytes32"),
    ]));

    private static readonly TypedStructs VoucherType = TypedStructs.Create(("Voucher", [new("channelId", "bytes32"), new("maxClaimableAmount", "uint128")]));

    private static readonly TypedStructs StepTypes = TypedStructs.Create(
        ("ClaimBatch", [new("claims", "ClaimEntry[]")]),
        ("ClaimEntry", [new("channelId", "bytes32"), new("maxClaimableAmount", "uint128"), new("totalClaimed", "uint128")]),
        ("Refund", [new("channelId", "bytes32"), new("nonce", "uint256"), new("amount", "uint128")]));

    private static readonly IReadOnlyList<AbiType> NonceTypes = [AbiType.Parse("bytes32"), AbiType.Parse("uint256")];

    public static Hash32 ChannelId(NetworkId network, ChannelConfig config) => new TypedData(
        Config,
        "ChannelConfig",
        Domain(network),
        [config.Payer, config.PayerAuthorizer, config.Receiver, config.ReceiverAuthorizer, config.Token, (UInt256)config.WithdrawDelay, config.Salt.ToArray()]).Digest;

    public static TypedData Voucher(NetworkId network, Hash32 channelId, AtomicAmount maxClaimable) =>
        new(VoucherType, "Voucher", Domain(network), [channelId.ToArray(), maxClaimable.Units]);

    /// <summary>What the receivers' authoriser signs so that anybody may bring their claims.</summary>
    public static TypedData ClaimBatch(NetworkId network, IReadOnlyList<BatchClaim> claims) => new(
        StepTypes,
        "ClaimBatch",
        Domain(network),
        [claims.Select(object (claim) => new object[] { ChannelId(network, claim.Config).ToArray(), claim.MaxClaimable.Units, claim.TotalClaimed.Units }).ToArray()]);

    /// <summary>What the receiver's authoriser signs to give money back.</summary>
    public static TypedData Refund(NetworkId network, Hash32 channelId, UInt256 nonce, AtomicAmount amount) =>
        new(StepTypes, "Refund", Domain(network), [channelId.ToArray(), nonce, amount.Units]);

    /// <summary>Ties a deposit's authorisation to its channel.</summary>
    public static Nonce DepositNonce(Hash32 channelId, UInt256 salt) =>
        new(Keccak256.Hash(AbiEncoder.Encode(NonceTypes, channelId.ToArray(), salt)));

    /// <summary>What makes one step of a channel that step.</summary>
    internal static Nonce StepNonce(Hash32 channelId, AtomicAmount maxClaimable) => DepositNonce(channelId, maxClaimable.Units);

    private static TypedDomain Domain(NetworkId network) => new()
    {
        Name = "x402 Batch Settlement", Version = "1", ChainId = network.ChainId, VerifyingContract = BatchContracts.Settlement,
    };
}
