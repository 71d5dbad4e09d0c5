using System.Text.Json;
using Betar.Storage.Ledger;

namespace Betar.Node.Demo;

/// <summary>All that the demo showed, for machines.</summary>
/// <param name="Network">In CAIP-2.</param>
/// <param name="Seller">Its peer id.</param>
/// <param name="Buyer">Its peer id.</param>
/// <param name="Steps">In order.</param>
/// <param name="Receipts">In order; the first is the purchase that is shown step by step.</param>
/// <param name="Ledger">The seller's sums.</param>
/// <param name="LedgerHolds">Its chain of hashes and signatures was read from end to end.</param>
internal sealed record DemoReport(
    string Network, string Seller, string Buyer, IReadOnlyList<DemoStep> Steps, IReadOnlyList<DemoReceipt> Receipts, LedgerTotals Ledger, bool LedgerHolds)
{
    /// <summary>What the buyer is made of; null: of the same as the seller.</summary>
    public string? BuyerVersion { get; init; }

    public bool Ok => LedgerHolds && Ledger.Conserved && Receipts.Count > 0 && Steps.All(step => step.Ok);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", Ok);
        writer.WriteString("network", Network);
        WritePeer(writer, "seller", Seller, null);
        WritePeer(writer, "buyer", Buyer, BuyerVersion);
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
        if (Receipts.Count > 0)
            Receipts[0].Write(writer);
        else
            writer.WriteNullValue();
        writer.WriteStartArray("receipts");
        foreach (DemoReceipt receipt in Receipts)
            receipt.Write(writer);
        writer.WriteEndArray();
        writer.WriteStartObject("ledger");
        writer.WriteString("in", Ledger.In.ToString());
        writer.WriteString("delivered", Ledger.Delivered.ToString());
        writer.WriteString("refunded", Ledger.Refunded.ToString());
        writer.WriteString("held", Ledger.Held.ToString());
        writer.WriteBoolean("conserved", LedgerHolds && Ledger.Conserved);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePeer(Utf8JsonWriter writer, string name, string peerId, string? version)
    {
        writer.WriteStartObject(name);
        writer.WriteString("peerId", peerId);
        if (version is not null)
            writer.WriteString("version", version);
        writer.WriteEndObject();
    }
}
