using Betar.Grains.Abstractions.Buying;
using Betar.Storage.Sessions;

namespace Betar.Grains.Buying;

/// <summary>The buyer's side of a purchase as the session log keeps it: under the agent that was hired, by the wallet that pays.</summary>
internal static class PurchaseExchanges
{
    public static SessionExchange Of(PurchaseIntent intent, PurchaseResult result, DateTimeOffset now) => new()
    {
        AgentId = intent.AgentId,
        CallerId = intent.Wallet,
        RequestId = result.PurchaseId,
        Input = intent.Input,
        Output = result.Output,
        Error = result.Stage == PurchaseStage.Delivered ? "" : result.Refusal?.Message ?? result.Stage.ToString(),
        Payment = result.PaymentKey.Length > 0 && result.Stage != PurchaseStage.Refused
            ? new SessionPayment(result.PaymentKey, result.Stage == PurchaseStage.Delivered ? result.TransactionHash : "", result.Amount, intent.Wallet, now)
            : null,
        Once = $"purchase/{result.PurchaseId}",
    };
}
