namespace Betar.X402.Protocol;

/// <summary>Name and retryability of each code, as they go over the wire.</summary>
public static class StreamErrors
{
    public static string NameOf(StreamErrorCode code) => code switch
    {
        StreamErrorCode.InvalidMessage => "INVALID_MESSAGE",
        StreamErrorCode.UnknownResource => "UNKNOWN_RESOURCE",
        StreamErrorCode.PaymentRequired => "PAYMENT_REQUIRED",
        StreamErrorCode.PaymentInvalid => "PAYMENT_INVALID",
        StreamErrorCode.PaymentNonceMismatch => "PAYMENT_NONCE_MISMATCH",
        StreamErrorCode.PaymentNonceExpired => "PAYMENT_NONCE_EXPIRED",
        StreamErrorCode.PaymentNonceUsed => "PAYMENT_NONCE_USED",
        StreamErrorCode.PaymentAmountWrong => "PAYMENT_AMOUNT_WRONG",
        StreamErrorCode.SettlementFailed => "SETTLEMENT_FAILED",
        StreamErrorCode.ExecutionFailed => "EXECUTION_FAILED",
        StreamErrorCode.Busy => "BUSY",
        _ => "UNKNOWN_ERROR",
    };

    public static bool IsRetryable(StreamErrorCode code) => code is
        StreamErrorCode.PaymentRequired
        or StreamErrorCode.PaymentNonceExpired
        or StreamErrorCode.SettlementFailed
        or StreamErrorCode.Busy;
}
