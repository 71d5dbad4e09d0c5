namespace Betar.X402.Protocol;

/// <summary>The codes of <c>x402.error</c>; 2006 is unassigned, 3001 is ours.</summary>
public enum StreamErrorCode
{
    None = 0,
    InvalidMessage = 1000,
    UnknownResource = 1001,
    PaymentRequired = 2000,
    PaymentInvalid = 2001,
    PaymentNonceMismatch = 2002,
    PaymentNonceExpired = 2003,
    PaymentNonceUsed = 2004,
    PaymentAmountWrong = 2005,
    SettlementFailed = 2007,
    ExecutionFailed = 3000,

    /// <summary>The queue was full before any payment was looked at: asking again is safe.</summary>
    Busy = 3001,
}
