using System.Text.Json;
using Betar.Grains.Abstractions.Buying;
using Betar.Storage.Ledger;

namespace Betar.Node.Demo;

/// <summary>All that the demo showed, for machines.</summary>
internal sealed record DemoReport(string Network, string Seller, string Buyer, IReadOnlyList<DemoStep> Steps, DemoReceipt? Receipt, LedgerTotals Ledger, bool LedgerHolds)
{
    public bool Ok => LedgerHolds && Ledger.Conserved && Receipt is not null && Steps.All(step => step.Ok);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", Ok);
        writer.WriteString("network", Network);
        WritePeer(writer, "seller", Seller);
        WritePeer(writer, "buyer", Buyer);
        writer.WriteStartArray("steps");
        foreach (DemoStep step in Steps)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WriteNumber("ms", Math.Round(step.Milliseconds, 3));
            writer.WriteBoolean("ok", step.Ok);
            if (step.Transaction is not null)
                writer.WriteString("transaction", step.Transaction);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WritePropertyName("receipt");
        WriteReceipt(writer);
        writer.WriteStartObject("ledger");
        writer.WriteString("in", Ledger.In.ToString());
        writer.WriteString("delivered", Ledger.Delivered.ToString());
        writer.WriteString("refunded", Ledger.Refunded.ToString());
        writer.WriteString("held", Ledger.Held.ToString());
        writer.WriteBoolean("conserved", LedgerHolds && Ledger.Conserved);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePeer(Utf8JsonWriter writer, string name, string peerId)
    {
        writer.WriteStartObject(name);
        writer.WriteString("peerId", peerId);
        writer.WriteEndObject();
    }

    private void WriteReceipt(Utf8JsonWriter writer)
    {
        if (Receipt is null)
        {
            writer.WriteNullValue();
            return;
        }
        PurchaseResult bought = Receipt.Purchase;
        writer.WriteStartObject();
        writer.WriteString("agent", Receipt.AgentName);
        writer.WriteString("agentId", Receipt.AgentId);
        writer.WriteString("input", Receipt.Input);
        writer.WriteString("output", bought.Output);
        writer.WriteString("payment", bought.PaymentKey);
        writer.WriteString("amount", bought.Amount);
        writer.WriteString("payTo", bought.PayTo);
        writer.WriteString("transaction", bought.TransactionHash);
        writer.WriteEndObject();
    }
}
