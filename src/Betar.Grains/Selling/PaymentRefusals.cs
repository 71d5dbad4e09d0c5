using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.Grains.Selling;

/// <summary>From a verification's reason to the refusal that a session or a buyer is given.</summary>
internal static class PaymentRefusals
{
    public static Refusal Of(VerificationReason reason) => new()
    {
        Code = reason.Code switch
        {
            StreamErrorCode.PaymentNonceMismatch => RefusalCodes.ChallengeMismatch,
            StreamErrorCode.PaymentNonceExpired => RefusalCodes.ChallengeExpired,
            StreamErrorCode.PaymentNonceUsed => RefusalCodes.PaymentConflict,
            StreamErrorCode.PaymentAmountWrong => RefusalCodes.AmountWrong,
            StreamErrorCode.SettlementFailed => RefusalCodes.SettlementRefused,
            _ => RefusalCodes.PaymentInvalid,
        },
        Message = reason.Text,
        Retryable = StreamErrors.IsRetryable(reason.Code),
    };
}
