using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Settlement;
using Betar.Storage.Ledger;

namespace Betar.Grains.Payments;

/// <summary>The answer that each end of an order gives: a function of the ledger alone, so that it is the same every time.</summary>
internal static class PaymentAnswers
{
    public static PaymentAnswer Of(OrderState state, string paymentId)
    {
        var answer = new PaymentAnswer { End = PaymentEnd.Pending, TransactionHash = state.TransactionHash, PaymentId = paymentId };
        return state.Stage switch
        {
            LedgerKind.Delivered when state.KeptFailure.Length > 0 =>
                answer with { End = PaymentEnd.Kept, Code = RefusalCodes.ExecutionFailed, Reason = state.KeptFailure },
            LedgerKind.Delivered => answer with { End = PaymentEnd.Delivered, Output = state.Output },
            LedgerKind.Refused => answer with { End = PaymentEnd.Refused, Code = RefusalCodes.SettlementRefused, Reason = state.Reason },
            LedgerKind.RefundOwed => answer with { End = PaymentEnd.RefundOwed, Code = RefusalCodes.RefundOwed, Reason = state.Reason, Retryable = true },
            LedgerKind.Refunded => answer with
            {
                End = PaymentEnd.Refunded, Code = RefusalCodes.Refunded, Reason = state.Reason, RefundHash = state.RefundHash,
            },
            _ => Pending(paymentId) with { TransactionHash = state.TransactionHash },
        };
    }

    /// <summary>Nobody can say yet; the same payment is shown again.</summary>
    public static PaymentAnswer Pending(string paymentId) => new()
    {
        End = PaymentEnd.Pending,
        Code = RefusalCodes.SettlementPending,
        Reason = "settlement_pending",
        Retryable = true,
        PaymentId = paymentId,
    };

    /// <summary>The same, and what would have to change: the payer may get the money yet, and then the same payment is good.</summary>
    public static PaymentAnswer Because(this PaymentAnswer pending, string silence) =>
        pending.End == PaymentEnd.Pending && silence == RevertReasons.InsufficientBalance
            ? pending with { Code = RefusalCodes.WalletTooLow, Reason = $"{RevertReasons.InsufficientBalance}: the payer has less than the price." }
            : pending;

    public static PaymentAnswer Refused(Refusal refusal, string paymentId) => new()
    {
        End = PaymentEnd.Refused, Code = refusal.Code, Reason = refusal.Message, Retryable = refusal.Retryable, PaymentId = paymentId,
    };

    public static PaymentAnswer Conflict(string paymentId) => new()
    {
        End = PaymentEnd.Refused,
        Code = RefusalCodes.PaymentConflict,
        Reason = "This payment was given for another request.",
        PaymentId = paymentId,
    };
}
