using static Betar.X402.Protocol.StreamErrorCode;

namespace Betar.X402.Verification;

/// <summary>Every reason there is.</summary>
public static class VerificationReasons
{
    // The checks of the scheme "exact", in the SDK's words.
    public static VerificationReason Scheme { get; } = new("invalid_exact_evm_scheme", PaymentInvalid);
    public static VerificationReason MissingDomain { get; } = new("invalid_exact_evm_missing_eip712_domain", PaymentInvalid);
    public static VerificationReason NetworkMismatch { get; } = new("invalid_exact_evm_network_mismatch", PaymentInvalid);
    public static VerificationReason Signature { get; } = new("invalid_exact_evm_signature", PaymentInvalid);
    public static VerificationReason FactoryNotAllowed { get; } = new("eip6492_factory_not_allowed", PaymentInvalid);
    public static VerificationReason RecipientMismatch { get; } = new("invalid_exact_evm_recipient_mismatch", PaymentInvalid, true);
    public static VerificationReason ValidBefore { get; } = new("invalid_exact_evm_payload_authorization_valid_before", PaymentInvalid, true);
    public static VerificationReason ValidAfter { get; } = new("invalid_exact_evm_payload_authorization_valid_after", PaymentInvalid, true);
    public static VerificationReason ValueMismatch { get; } = new("invalid_exact_evm_payload_authorization_value_mismatch", PaymentAmountWrong, true);
    public static VerificationReason AssetNotDeployed { get; } = new("asset_not_deployed_contract", SettlementFailed, true);
    public static VerificationReason NonceAlreadyUsed { get; } = new("invalid_exact_evm_nonce_already_used", PaymentNonceUsed, true);
    public static VerificationReason TokenNameMismatch { get; } = new("invalid_exact_evm_token_name_mismatch", SettlementFailed, true);
    public static VerificationReason TokenVersionMismatch { get; } = new("invalid_exact_evm_token_version_mismatch", SettlementFailed, true);
    public static VerificationReason InsufficientBalance { get; } = new("invalid_exact_evm_insufficient_balance", SettlementFailed, true);
    public static VerificationReason Eip3009NotSupported { get; } = new("invalid_exact_evm_eip3009_not_supported", SettlementFailed, true);
    public static VerificationReason SimulationFailed { get; } = new("invalid_exact_evm_transaction_simulation_failed", SettlementFailed, true);

    // Checks that the SDK does not have.
    public static VerificationReason PayloadMissing { get; } = new("betar_payload_missing", PaymentInvalid);
    public static VerificationReason FieldTooLong { get; } = new("betar_field_too_long", PaymentInvalid);
    public static VerificationReason AddressMalformed { get; } = new("betar_address_malformed", PaymentInvalid);
    public static VerificationReason NumberMalformed { get; } = new("betar_number_malformed", PaymentInvalid);
    public static VerificationReason NonceMalformed { get; } = new("betar_nonce_malformed", PaymentInvalid);
    public static VerificationReason SignatureMalformed { get; } = new("betar_signature_malformed", PaymentInvalid);
    public static VerificationReason SignatureV { get; } = new("betar_signature_v", PaymentInvalid);
    public static VerificationReason SignatureRange { get; } = new("betar_signature_range", PaymentInvalid);
    public static VerificationReason SignatureHighS { get; } = new("betar_signature_high_s", PaymentInvalid);
    public static VerificationReason PayerMismatch { get; } = new("betar_payer_mismatch", PaymentInvalid);
    public static VerificationReason PayerBlocked { get; } = new("betar_payer_blocked", PaymentInvalid);
    public static VerificationReason SelfPayment { get; } = new("betar_self_payment", PaymentInvalid);
    public static VerificationReason NetworkNotAccepted { get; } = new("betar_network_not_accepted", PaymentInvalid);
    public static VerificationReason AssetNotAccepted { get; } = new("betar_asset_not_accepted", PaymentInvalid);
    public static VerificationReason RequirementsMalformed { get; } = new("betar_requirements_malformed", PaymentInvalid);
    public static VerificationReason WindowTooLong { get; } = new("betar_window_too_long", PaymentInvalid, true);
    public static VerificationReason FirstUseNotAllowed { get; } = new("betar_first_use_not_allowed", PaymentInvalid);
    public static VerificationReason ServerNonceMismatch { get; } = new("betar_server_nonce_mismatch", PaymentNonceMismatch);
    public static VerificationReason ChallengeMismatch { get; } = new("betar_challenge_mismatch", PaymentNonceMismatch, true);
    public static VerificationReason ChallengeExpired { get; } = new("betar_challenge_expired", PaymentNonceExpired, true);

    /// <summary>Its key is gone, so it is older than any open quote; or it never was a quote. A new request gets a new one.</summary>
    public static VerificationReason ChallengeUnknown { get; } = new("betar_challenge_unknown", PaymentNonceExpired, true);

    /// <summary>The key is reserved for another request, or by another peer.</summary>
    public static VerificationReason NonceReserved { get; } = new("betar_nonce_reserved", PaymentNonceUsed, true);

    public static VerificationReason ChainUnreachable { get; } = new("betar_chain_unreachable", SettlementFailed, true);
}
