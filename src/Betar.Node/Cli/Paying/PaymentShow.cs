using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Buying;
using Betar.Node.Errors;
using Betar.X402.Http.Buying;
using Betar.X402.Protocol;

namespace Betar.Node.Cli.Paying;

/// <summary>Shows a signed payment until there is an answer: always the same one.</summary>
internal sealed class PaymentShow(CommandContext context, PayOrder order, string agent, IntentRecord record)
{
    /// <summary>What stands where a web payment names its header.</summary>
    public const string Kind = "x402.paid_request";

    private const int Shows = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public async Task<CliRefusal?> RunAsync(ISellerChannel sellers, string seller, PaidRequest paid, CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var show = 1; ; show++)
        {
            var answer = await sellers.PayAsync(seller, paid, cancellation);
            if (answer.Reply is X402Response response)
            {
                PaidReceipt.Print(context, order.Intent, TaskBody.Parse(paid.Body.Span).Value!.Resource, OutputBody.Decode(response.Body.Span),
                    record, paid.Payment!.Payload!.Authorization!.To, response.TxHash);
                return null;
            }

            (bool IsEnd, CliRefusal Refusal)? end = answer.Reply is X402Error error ? EndOf(error) : null;
            if (end is { IsEnd: true } || show == Shows)
                return end?.Refusal ?? ErrorCatalog.SellerUnreachable.Refuse($"{VisibleText.Of(agent)} does not answer ({VisibleText.Of(answer.Fault)})", order.Again);
            await Task.Delay(pause, context.Time, cancellation);
            pause += pause;
        }
    }

    public static CliRefusal Refused(string agent, X402Error error, ErrorEntry otherwise, string? next = null)
    {
        var entry = error.Code switch
        {
            StreamErrorCode.Busy => ErrorCatalog.Busy,
            StreamErrorCode.UnknownResource => ErrorCatalog.UnknownAgent,
            _ => otherwise,
        };
        var sentence = $"{VisibleText.Of(agent)} says {VisibleText.Of($"{error.ErrorName}: {error.Message}")}";
        return next is null ? entry.Refuse(sentence) : entry.Refuse(sentence, next);
    }

    private (bool IsEnd, CliRefusal Refusal) EndOf(X402Error error)
    {
        var result = PurchaseEnds.Of(new PurchaseResult { PurchaseId = order.Intent, Stage = PurchaseStage.PaymentSigned }, error);
        return result.Stage switch
        {
            PurchaseStage.Refunded => (true, Refused(agent, error, ErrorCatalog.Refunded)),
            PurchaseStage.RefundOwed => (false, Refused(agent, error, ErrorCatalog.RefundOwed, order.Again)),
            PurchaseStage.PaymentSigned => (false, Refused(agent, error, ErrorCatalog.SettlementPending, order.Again)),
            _ => (true, Refused(agent, error, ErrorCatalog.SellerRefused)),
        };
    }
}
