using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Ids of escrowed payments, and what is signed to move them on.</summary>
public static class AuthCaptureHasher
{
    private const string Info = "PaymentInfo(address operator,address payer,address receiver,address token,uint120 maxAmount,uint48 preApprovalExpiry,"
        + "uint48 authorizationExpiry,uint48 refundExpiry,uint16 minFeeBps,uint16 maxFeeBps,address feeReceiver,uint256 salt)";

    private static readonly byte[] InfoHash = TypeHash(Info);
    private static readonly byte[] SaltHash = TypeHash("x402AuthCaptureSaltBinding(address receiverAuthorizer,address policy,uint256 saltNonce)");
    private static readonly IReadOnlyList<AbiType> InfoTypes = Types(
        "bytes32", "address", "address", "address", "address", "uint120", "uint48", "uint48", "uint48", "uint16", "uint16", "address", "uint256");

    private static readonly IReadOnlyList<AbiType> IdTypes = Types("uint256", "address", "bytes32");
    private static readonly IReadOnlyList<AbiType> SaltTypes = Types("bytes32", "address", "address", "uint256");

    private static readonly TypedStructs Steps = TypedStructs.Create(
        ("Capture", [
            new("paymentInfoHash", "bytes32"), new("amount", "uint256"), new("feeAmount", "uint256"), new("feeReceiver", "address"),
            new("expectedCapturableAmount", "uint256"), new("expectedRefundableAmount", "uint256"),
        ]),
        ("Void", [new("paymentInfoHash", "bytes32")]),
        ("Refund", [
            new("paymentInfoHash", "bytes32"), new("amount", "uint256"), new("tokenCollector", "address"),
            new("expectedCapturableAmount", "uint256"), new("expectedRefundableAmount", "uint256"),
        ]));

    /// <summary>The payment's id at its escrow.</summary>
    public static Hash32 PaymentId(NetworkId network, Address escrow, PaymentInfo info) => new(Keccak256.Hash(AbiEncoder.Encode(
        IdTypes, (UInt256)network.ChainId, escrow, Keccak256.Hash(AbiEncoder.Encode(InfoTypes, [InfoHash, .. info.Encoded])))));

    /// <summary>The nonce of the payer's authorisation: the id without the payer, so that it can be known before.</summary>
    public static Nonce AuthorizationNonce(NetworkId network, Address escrow, PaymentInfo info) => new(PaymentId(network, escrow, info with { Payer = Address.Zero }));

    /// <summary>The salt of a payment whose seller names an authoriser or a policy: bound to both.</summary>
    public static UInt256 BoundSalt(Address receiverAuthorizer, Address policy, UInt256 saltNonce) =>
        UInt256.ReadBigEndian(Keccak256.Hash(AbiEncoder.Encode(SaltTypes, SaltHash, receiverAuthorizer, policy, saltNonce)));

    /// <summary>The seller takes the money, or a part of it.</summary>
    public static TypedData Capture(
        NetworkId network, Address @operator, Hash32 paymentId, AtomicAmount amount, AtomicAmount fee, Address feeReceiver, AtomicAmount capturable, AtomicAmount refundable) =>
        Step("Capture", network, @operator, paymentId.ToArray(), amount.Units, fee.Units, feeReceiver, capturable.Units, refundable.Units);

    /// <summary>The buyer gets back what was not captured.</summary>
    public static TypedData Void(NetworkId network, Address @operator, Hash32 paymentId) => Step("Void", network, @operator, paymentId.ToArray());

    /// <summary>The buyer gets back what was captured.</summary>
    public static TypedData Refund(
        NetworkId network, Address @operator, Hash32 paymentId, AtomicAmount amount, Address tokenCollector, AtomicAmount capturable, AtomicAmount refundable) =>
        Step("Refund", network, @operator, paymentId.ToArray(), amount.Units, tokenCollector, capturable.Units, refundable.Units);

    private static TypedData Step(string name, NetworkId network, Address @operator, params object[] values) => new(
        Steps,
        name,
        new TypedDomain { Name = "x402 Auth Capture Operator", Version = "1", ChainId = network.ChainId, VerifyingContract = @operator },
        values);

    private static byte[] TypeHash(string type) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(type));

    private static AbiType[] Types(params string[] names) => [.. names.Select(AbiType.Parse)];
}
