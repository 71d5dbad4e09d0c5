using System.Text.Json;
using Betar.Grains.Abstractions.Buying;

namespace Betar.Node.Composition;

/// <summary>A purchase's result and receipt for machines.</summary>
internal static class PurchaseJson
{
    public static void Write(Utf8JsonWriter writer, PurchaseResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("output", result.Output);
        writer.WriteString("purchaseId", result.PurchaseId);
        writer.WriteString("stage", result.Stage.ToString());
        writer.WriteString("paymentKey", result.PaymentKey);
        writer.WriteString("amount", result.Amount);
        writer.WriteString("payTo", result.PayTo);
        writer.WriteString("transaction", result.TransactionHash);
        writer.WriteEndObject();
    }
}
