using System.Text.Json;
using Betar.Grains.Abstractions.Buying;
using Betar.X402;

namespace Betar.Node.Demo;

/// <summary>What was bought, and the proof.</summary>
internal sealed record DemoReceipt(string AgentName, string AgentId, string Input, PurchaseResult Purchase)
{
    /// <summary>One line for people.</summary>
    public string Tells
    {
        get
        {
            string price = AtomicAmount.TryParse(Purchase.Amount, out AtomicAmount amount) ? amount.ToUsdc() : Purchase.Amount;
            return Purchase.Stage switch
            {
                PurchaseStage.Delivered => $"{price} USDC to {AgentName} for \"{Input}\": got {Purchase.Output}   (transaction {Purchase.TransactionHash})",
                PurchaseStage.Refunded => $"{price} USDC to {AgentName} for \"{Input}\": paid back   (transaction {Purchase.TransactionHash})",
                _ => $"{price} USDC to {AgentName} for \"{Input}\": {Purchase.Stage}",
            };
        }
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("agent", AgentName);
        writer.WriteString("agentId", AgentId);
        writer.WriteString("input", Input);
        writer.WriteString("stage", JsonNamingPolicy.CamelCase.ConvertName(Purchase.Stage.ToString()));
        writer.WriteString("output", Purchase.Output);
        writer.WriteString("payment", Purchase.PaymentKey);
        writer.WriteString("amount", Purchase.Amount);
        writer.WriteString("payTo", Purchase.PayTo);
        writer.WriteString("transaction", Purchase.TransactionHash);
        writer.WriteEndObject();
    }
}
