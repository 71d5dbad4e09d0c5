using Betar.X402.Protocol;
using Betar.X402.Verification;
using static Betar.X402.Protocol.StreamErrorCode;

namespace Betar.X402.Schemes.Permit2;

/// <summary>Why a permit was refused; the strings are the SDK's.</summary>
public static class Permit2Reasons
{
    public static VerificationReason Scheme { get; } = New("unsupported_payload_type", PaymentInvalid, false);
    public static VerificationReason UptoScheme { get; } = New("invalid_upto_evm_scheme", PaymentInvalid, false);
    public static VerificationReason UptoNetwork { get; } = New("invalid_upto_evm_network_mismatch", PaymentInvalid, false);
    public static VerificationReason Spender { get; } = New("invalid_permit2_spender", PaymentInvalid);
    public static VerificationReason Recipient { get; } = New("invalid_permit2_recipient_mismatch", PaymentInvalid);
    public static VerificationReason Facilitator { get; } = New("upto_facilitator_mismatch", PaymentInvalid);
    public static VerificationReason Deadline { get; } = New("permit2_deadline_expired", PaymentInvalid);
    public static VerificationReason NotYetValid { get; } = New("permit2_not_yet_valid", PaymentInvalid);
    public static VerificationReason Amount { get; } = New("permit2_amount_mismatch", PaymentAmountWrong);
    public static VerificationReason ExceedsAmount { get; } = New("invalid_upto_evm_payload_settlement_exceeds_amount", PaymentAmountWrong);
    public static VerificationReason Token { get; } = New("permit2_token_mismatch", PaymentInvalid);
    public static VerificationReason Signature { get; } = New("invalid_permit2_signature", PaymentInvalid, false);
    public static VerificationReason ProxyNotDeployed { get; } = New("permit2_proxy_not_deployed", SettlementFailed);
    public static VerificationReason InsufficientBalance { get; } = New("permit2_insufficient_balance", SettlementFailed);
    public static VerificationReason AllowanceRequired { get; } = New("permit2_allowance_required", SettlementFailed);
    public static VerificationReason NonceUsed { get; } = New("permit2_invalid_nonce", PaymentNonceUsed);
    public static VerificationReason SimulationFailed { get; } = New("permit2_simulation_failed", SettlementFailed);

    private static VerificationReason New(string text, StreamErrorCode code, bool onlyForNew = true) => new(text, code, onlyForNew);
}
