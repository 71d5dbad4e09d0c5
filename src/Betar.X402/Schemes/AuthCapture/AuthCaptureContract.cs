using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>The escrow's functions and events, by the published interface of version 1.0; both versions have authorize.</summary>
internal static class AuthCaptureContract
{
    internal const ulong StepGasLimit = 250_000;

    private const string Info = "(address,address,address,address,uint120,uint48,uint48,uint48,uint16,uint16,address,uint256)";

    internal static readonly AbiFunction Authorize = Of("authorize", "uint256", "address", "bytes");
    internal static readonly AbiFunction Capture = Of("capture", "uint256", "uint16", "address");
    internal static readonly AbiFunction Void = Of("void");
    internal static readonly AbiFunction Reclaim = Of("reclaim");
    internal static readonly AbiFunction Refund = Of("refund", "uint256", "address", "bytes");
    internal static readonly AbiFunction PaymentState = new("paymentState", Parameters("bytes32"), Parameters("bool", "uint120", "uint120"));

    internal static readonly Hash32 Authorized = Topic(
        "PaymentAuthorized(bytes32,(address,address,address,address,uint120,uint48,uint48,uint48,uint16,uint16,address,uint256),uint256,address)");

    internal static readonly Hash32 Captured = Topic("PaymentCaptured(bytes32,uint256,uint16,address)");
    internal static readonly Hash32 Voided = Topic("PaymentVoided(bytes32,uint256)");
    internal static readonly Hash32 Reclaimed = Topic("PaymentReclaimed(bytes32,uint256)");
    internal static readonly Hash32 Refunded = Topic("PaymentRefunded(bytes32,uint256,address)");

    private static AbiFunction Of(string name, params string[] more) => new(name, Parameters([Info, .. more]), []);

    private static AbiParameter[] Parameters(params string[] types) => [.. types.Select(type => new AbiParameter("", AbiType.Parse(type)))];

    private static Hash32 Topic(string signature) => new(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)));
}
