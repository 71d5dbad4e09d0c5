using System.Reflection;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Vault;
using Betar.X402.Verification;
using static Betar.X402.Protocol.StreamErrorCode;

namespace Betar.X402.Tests.Verification;

/// <summary>
/// The reasons go over the wire and into other people's programs: their texts, their codes, and whether they spare a payment that has a
/// stored session already.
/// </summary>
public sealed class ReasonTableTests
{
    private static readonly VerificationReason[] Expected =
    [
        new("invalid_exact_evm_scheme", PaymentInvalid, false),
        new("invalid_exact_evm_missing_eip712_domain", PaymentInvalid, false),
        new("invalid_exact_evm_network_mismatch", PaymentInvalid, false),
        new("invalid_exact_evm_signature", PaymentInvalid, false),
        new("eip6492_factory_not_allowed", PaymentInvalid, false),
        new("invalid_exact_evm_recipient_mismatch", PaymentInvalid, true),
        new("invalid_exact_evm_payload_authorization_valid_before", PaymentInvalid, true),
        new("invalid_exact_evm_payload_authorization_valid_after", PaymentInvalid, true),
        new("invalid_exact_evm_payload_authorization_value_mismatch", PaymentAmountWrong, true),
        new("asset_not_deployed_contract", SettlementFailed, true),
        new("invalid_exact_evm_nonce_already_used", PaymentNonceUsed, true),
        new("invalid_exact_evm_token_name_mismatch", SettlementFailed, true),
        new("invalid_exact_evm_token_version_mismatch", SettlementFailed, true),
        new("invalid_exact_evm_insufficient_balance", SettlementFailed, true),
        new("invalid_exact_evm_eip3009_not_supported", SettlementFailed, true),
        new("invalid_exact_evm_transaction_simulation_failed", SettlementFailed, true),
        new("betar_payload_missing", PaymentInvalid, false),
        new("betar_field_too_long", PaymentInvalid, false),
        new("betar_address_malformed", PaymentInvalid, false),
        new("betar_number_malformed", PaymentInvalid, false),
        new("betar_nonce_malformed", PaymentInvalid, false),
        new("betar_signature_malformed", PaymentInvalid, false),
        new("betar_signature_v", PaymentInvalid, false),
        new("betar_signature_range", PaymentInvalid, false),
        new("betar_signature_high_s", PaymentInvalid, false),
        new("betar_payer_mismatch", PaymentInvalid, false),
        new("betar_payer_blocked", PaymentInvalid, false),
        new("betar_self_payment", PaymentInvalid, false),
        new("betar_network_not_accepted", PaymentInvalid, false),
        new("betar_asset_not_accepted", PaymentInvalid, false),
        new("betar_requirements_malformed", PaymentInvalid, false),
        new("betar_window_too_long", PaymentInvalid, true),
        new("betar_first_use_not_allowed", PaymentInvalid, false),
        new("betar_server_nonce_mismatch", PaymentNonceMismatch, false),
        new("betar_challenge_mismatch", PaymentNonceMismatch, true),
        new("betar_challenge_expired", PaymentNonceExpired, true),
        new("betar_challenge_unknown", PaymentNonceExpired, true),
        new("betar_nonce_reserved", PaymentNonceUsed, true),
        new("betar_chain_unreachable", SettlementFailed, true),
        new("unsupported_payload_type", PaymentInvalid, false),
        new("invalid_upto_evm_scheme", PaymentInvalid, false),
        new("invalid_upto_evm_network_mismatch", PaymentInvalid, false),
        new("invalid_permit2_spender", PaymentInvalid, true),
        new("invalid_permit2_recipient_mismatch", PaymentInvalid, true),
        new("upto_facilitator_mismatch", PaymentInvalid, true),
        new("permit2_deadline_expired", PaymentInvalid, true),
        new("permit2_not_yet_valid", PaymentInvalid, true),
        new("permit2_amount_mismatch", PaymentAmountWrong, true),
        new("invalid_upto_evm_payload_settlement_exceeds_amount", PaymentAmountWrong, true),
        new("permit2_token_mismatch", PaymentInvalid, true),
        new("invalid_permit2_signature", PaymentInvalid, false),
        new("permit2_proxy_not_deployed", SettlementFailed, true),
        new("permit2_insufficient_balance", SettlementFailed, true),
        new("permit2_allowance_required", SettlementFailed, true),
        new("permit2_invalid_nonce", PaymentNonceUsed, true),
        new("permit2_simulation_failed", SettlementFailed, true),
        Batch("scheme", PaymentInvalid, false),
        Batch("network_mismatch", PaymentInvalid, false),
        Batch("payload_type", PaymentInvalid, false),
        Batch("missing_eip712_domain", PaymentInvalid, false),
        Batch("channel_id_mismatch", PaymentInvalid, false),
        Batch("receiver_mismatch", PaymentInvalid),
        Batch("receiver_authorizer_mismatch", PaymentInvalid),
        Batch("token_mismatch", PaymentInvalid),
        Batch("withdraw_delay_mismatch", PaymentInvalid),
        Batch("withdraw_delay_out_of_range", PaymentInvalid),
        Batch("payload_authorization_valid_before", PaymentInvalid),
        Batch("payload_authorization_valid_after", PaymentInvalid),
        Batch("deposit_below_min_deposit", PaymentAmountWrong),
        Batch("receive_authorization_signature", PaymentInvalid, false),
        Batch("voucher_signature", PaymentInvalid, false),
        Batch("channel_not_found", PaymentInvalid),
        Batch("cumulative_exceeds_balance", PaymentAmountWrong),
        Batch("cumulative_below_claimed", PaymentAmountWrong),
        Batch("cumulative_amount_mismatch", PaymentAmountWrong),
        Batch("charge_exceeds_signed_cumulative", PaymentAmountWrong),
        new("betar_auth_capture_scheme", PaymentInvalid, false),
        new("betar_auth_capture_terms_malformed", PaymentInvalid, false),
        new("betar_auth_capture_deadlines", PaymentInvalid, true),
        new("betar_auth_capture_fees", PaymentInvalid, true),
        new("betar_auth_capture_collector_mismatch", PaymentInvalid, true),
        new("betar_auth_capture_salt_mismatch", PaymentInvalid, true),
        new("betar_auth_capture_nonce_mismatch", PaymentInvalid, true),
        new("betar_vault_scheme", PaymentInvalid, false),
        new("betar_vault_terms_malformed", PaymentInvalid, false),
        new("betar_vault_not_known", PaymentInvalid, false),
        new("betar_vault_parties", PaymentInvalid, false),
        new("betar_vault_recipient_mismatch", PaymentInvalid, true),
        new("betar_vault_escrow_mismatch", PaymentInvalid, true),
    ];

    [Fact]
    public void Every_reason_is_what_it_always_was() => Assert.Equal(
        Expected.OrderBy(reason => reason.Text, StringComparer.Ordinal),
        new[] { typeof(VerificationReasons), typeof(Permit2Reasons), typeof(BatchReasons), typeof(AuthCaptureReasons), typeof(VaultReasons) }
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public)).Select(property => (VerificationReason)property.GetValue(null)!)
            .OrderBy(reason => reason.Text, StringComparer.Ordinal));

    [Fact]
    public void An_outcome_carries_its_reasons_code_and_text()
    {
        Assert.Equal((None, "accepted", true), (VerificationOutcome.Accepted.Code, VerificationOutcome.Accepted.ToString(), VerificationOutcome.Accepted.IsAccepted));
        VerificationOutcome refused = VerificationReasons.PayerBlocked;
        Assert.Equal((PaymentInvalid, "betar_payer_blocked", false), (refused.Code, refused.ToString(), refused.IsAccepted));
    }

    private static VerificationReason Batch(string text, Betar.X402.Protocol.StreamErrorCode code, bool onlyForNew = true) => new("invalid_batch_settlement_evm_" + text, code, onlyForNew);
}
