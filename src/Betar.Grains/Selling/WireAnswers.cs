using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Fleet;
using Betar.X402.Protocol;

namespace Betar.Grains.Selling;

/// <summary>A session's answer as the frames of the x402 stream say it.</summary>
internal static class WireAnswers
{
    /// <summary>Stands before the refund's transaction hash; buyers of ours look for it.</summary>
    public const string RefundedIn = "refunded in ";

    /// <summary>What the buyer of work that failed is told by an agent that gives nothing back.</summary>
    public const string PaymentKept = "The payment is kept, as this agent's terms say.";

    public static X402Reply Of(PaymentAnswer answer, string correlationId, string resource) => answer.End switch
    {
        PaymentEnd.Delivered => new X402Response
        {
            CorrelationId = correlationId,
            PaymentId = answer.PaymentId,
            TxHash = answer.TransactionHash,
            Body = OutputBody.Write(answer.Output),
            SellerDid = resource,
        },
        PaymentEnd.Refunded => X402Error.Create(
            StreamErrorCode.ExecutionFailed, correlationId, $"{answer.Reason} The payment was {RefundedIn}{answer.RefundHash}."),
        PaymentEnd.Kept => X402Error.Create(
            StreamErrorCode.ExecutionFailed, correlationId, $"{answer.Reason} {PaymentKept}") with { Retryable = false },
        PaymentEnd.RefundOwed => X402Error.Create(
            StreamErrorCode.ExecutionFailed, correlationId, $"{answer.Reason} A refund is owed and under way."),
        _ => X402Error.Create(CodeOf(answer.Code), correlationId, answer.Reason) with { Retryable = answer.Retryable },
    };

    public static X402Error Of(Refusal refusal, string correlationId) =>
        X402Error.Create(CodeOf(refusal.Code), correlationId, refusal.Message) with { Retryable = refusal.Retryable };

    private static StreamErrorCode CodeOf(string code) => code switch
    {
        RefusalCodes.UnknownAgent => StreamErrorCode.UnknownResource,
        RefusalCodes.PaymentInvalid or RefusalCodes.ModeOff => StreamErrorCode.PaymentInvalid,
        RefusalCodes.ChallengeMismatch => StreamErrorCode.PaymentNonceMismatch,
        RefusalCodes.ChallengeExpired => StreamErrorCode.PaymentNonceExpired,
        RefusalCodes.PaymentConflict => StreamErrorCode.PaymentNonceUsed,
        RefusalCodes.AmountWrong => StreamErrorCode.PaymentAmountWrong,
        RefusalCodes.Busy or RefusalCodes.FloatTooLow or RefusalCodes.CannotSettleNow => StreamErrorCode.Busy,
        RefusalCodes.TaskRefused => StreamErrorCode.InvalidMessage,
        _ when ExecutionFailures.Are(code) => StreamErrorCode.ExecutionFailed,
        _ => StreamErrorCode.SettlementFailed,
    };
}
