using System.Text.Json;
using Betar.Grains.Settlement.Audit;
using Betar.X402;

namespace Betar.Node.Cli.Ledger;

/// <summary>The comparison with the chain, for machines and for people.</summary>
internal static class AuditOutput
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<(NetworkId Network, AuditReport Report)> audits)
    {
        if (audits.Count == 0)
            return;
        writer.WriteStartArray("chains");
        foreach (var (network, report) in audits)
        {
            writer.WriteStartObject();
            writer.WriteString("network", network.ToString());
            writer.WriteBoolean("ok", report.Ok);
            writer.WriteNumber("rows", report.Rows);
            writer.WriteNumber("transfers", report.Transfers);
            writer.WriteNumber("open", report.Open);
            writer.WriteNumber("others", report.Others);
            writer.WriteStartArray("faults");
            foreach (var fault in report.Faults)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", fault.Kind.ToString());
                writer.WriteString("payment", fault.Payment);
                writer.WriteString("transaction", fault.Transaction);
                writer.WriteString("message", fault.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Write(TextWriter output, NetworkId network, AuditReport report, int shown)
    {
        output.WriteLine($"{network}: {report.Rows} entries against their transactions, {report.Transfers} transfers against the entries "
            + $"({report.Open} still to be entered, {report.Others} others).");
        foreach (var fault in report.Faults.Take(shown))
            output.WriteLine($"fault: {fault.Message}");
        if (report.Faults.Count > shown)
            output.WriteLine($"and {report.Faults.Count - shown} more faults");
        if (report.Ok)
            output.WriteLine("The chain agrees.");
    }
}
