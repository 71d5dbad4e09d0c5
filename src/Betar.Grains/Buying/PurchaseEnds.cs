using System.Text.RegularExpressions;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Grains.Buying;

/// <summary>What a seller's error after payment means for the buyer.</summary>
public static partial class PurchaseEnds
{
    public static PurchaseResult Of(PurchaseResult paid, X402Error error)
    {
        var refusal = new Refusal
        {
            Code = error.Message.StartsWith(RevertReasons.InsufficientBalance, StringComparison.Ordinal) ? RefusalCodes.WalletTooLow : RefusalCodes.SellerRefused,
            Message = $"{error.ErrorName}: {error.Message}", Retryable = error.Retryable,
        };
        if (error.Code == StreamErrorCode.ExecutionFailed && error.Message.EndsWith(WireAnswers.PaymentKept, StringComparison.Ordinal))
            return paid with { Stage = PurchaseStage.Kept, Refusal = refusal with { Retryable = false } };
        if (error.Code == StreamErrorCode.ExecutionFailed)
            return RefundedIn().Match(error.Message) is { Success: true } match
                ? paid with { Stage = PurchaseStage.Refunded, TransactionHash = match.Groups[1].Value, Refusal = refusal }
                : paid with { Stage = PurchaseStage.RefundOwed, Refusal = refusal with { Retryable = true } };

        // A quote that is over never opens again. Whatever else can still change is no end: the same payment is shown again later.
        bool open = error.Retryable && error.Code != StreamErrorCode.PaymentNonceExpired;
        return paid with { Stage = open ? PurchaseStage.PaymentSigned : PurchaseStage.Refused, Refusal = refusal };
    }

    /// <summary>The words of <c>WireAnswers.RefundedIn</c>.</summary>
    [GeneratedRegex("refunded in (0x[0-9a-f]{64})", RegexOptions.CultureInvariant)]
    private static partial Regex RefundedIn();
}
