using Betar.X402.Protocol;
using Betar.X402.Verification;
using static Betar.X402.Protocol.StreamErrorCode;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>Why a voucher or a deposit was refused; the strings are the SDK's.</summary>
public static class BatchReasons
{
    private const string Prefix = "invalid_batch_settlement_evm_";

    internal const string DepositFailed = Prefix + "deposit_transaction_failed";

    public static VerificationReason Scheme { get; } = New("scheme", PaymentInvalid, false);
    public static VerificationReason Network { get; } = New("network_mismatch", PaymentInvalid, false);
    public static VerificationReason PayloadType { get; } = New("payload_type", PaymentInvalid, false);
    public static VerificationReason MissingDomain { get; } = New("missing_eip712_domain", PaymentInvalid, false);
    public static VerificationReason ChannelId { get; } = New("channel_id_mismatch", PaymentInvalid, false);
    public static VerificationReason Receiver { get; } = New("receiver_mismatch", PaymentInvalid);
    public static VerificationReason ReceiverAuthorizer { get; } = New("receiver_authorizer_mismatch", PaymentInvalid);
    public static VerificationReason Token { get; } = New("token_mismatch", PaymentInvalid);
    public static VerificationReason WithdrawDelay { get; } = New("withdraw_delay_mismatch", PaymentInvalid);
    public static VerificationReason WithdrawDelayRange { get; } = New("withdraw_delay_out_of_range", PaymentInvalid);
    public static VerificationReason ValidBefore { get; } = New("payload_authorization_valid_before", PaymentInvalid);
    public static VerificationReason ValidAfter { get; } = New("payload_authorization_valid_after", PaymentInvalid);
    public static VerificationReason BelowMinDeposit { get; } = New("deposit_below_min_deposit", PaymentAmountWrong);
    public static VerificationReason DepositSignature { get; } = New("receive_authorization_signature", PaymentInvalid, false);
    public static VerificationReason VoucherSignature { get; } = New("voucher_signature", PaymentInvalid, false);
    public static VerificationReason ChannelNotFound { get; } = New("channel_not_found", PaymentInvalid);
    public static VerificationReason ExceedsBalance { get; } = New("cumulative_exceeds_balance", PaymentAmountWrong);
    public static VerificationReason BelowClaimed { get; } = New("cumulative_below_claimed", PaymentAmountWrong);
    public static VerificationReason CumulativeMismatch { get; } = New("cumulative_amount_mismatch", PaymentAmountWrong);
    public static VerificationReason ChargeExceedsSigned { get; } = New("charge_exceeds_signed_cumulative", PaymentAmountWrong);

    private static VerificationReason New(string text, StreamErrorCode code, bool onlyForNew = true) => new(Prefix + text, code, onlyForNew);
}
