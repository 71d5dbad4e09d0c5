using System.CommandLine;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Storage;
using Betar.Storage.Ledger;

namespace Betar.Node.Cli.Ledger;

/// <summary><c>betar ledger verify</c>: walks every entry and proves that no money is missing. Works beside a running node.</summary>
internal static class LedgerVerifyCommand
{
    private const int FaultsShown = 20;

    public static Command Create(CliHost host) =>
        CliCommand.Create("verify", "Walk the ledger's chains and prove that what came in is accounted for", host, RunAsync);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        if (!File.Exists(context.Data.Database))
            return ErrorCatalog.NoData.Refuse($"There is no ledger in {context.Data.Root}");
        await using var database = BetarDatabase.OpenReadOnly(context.Data.Database, time: context.Time);
        var report = await database.Ledger.VerifyAsync(cancellation);
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer => WriteJson(writer, report));
        else
            WriteText(context.Out, report);
        return report is { Ok: true, Totals.Conserved: true }
            ? null
            : ErrorCatalog.LedgerFaulty.Refuse(report.Ok
                ? "The ledger is not conserved"
                : $"The ledger has {report.Faults.Count} fault(s), the first: {report.Faults[0].Message}");
    }

    private static void WriteJson(Utf8JsonWriter writer, LedgerReport report)
    {
        var totals = report.Totals;
        writer.WriteStartObject();
        writer.WriteBoolean("ok", report.Ok && totals.Conserved);
        writer.WriteString("in", totals.In.ToString());
        writer.WriteString("delivered", totals.Delivered.ToString());
        writer.WriteString("refunded", totals.Refunded.ToString());
        writer.WriteString("held", totals.Held.ToString());
        writer.WriteBoolean("conserved", totals.Conserved);
        writer.WriteNumber("orders", totals.Orders);
        writer.WriteNumber("entries", totals.Entries);
        writer.WriteNumber("checkpoints", report.Checkpoints);
        writer.WriteNumber("covered", report.Covered);
        writer.WriteString("head", report.Head.ToString());
        writer.WriteStartArray("faults");
        foreach (var fault in report.Faults)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", fault.Kind.ToString());
            writer.WriteNumber("sequence", fault.Sequence);
            writer.WriteString("message", fault.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteText(TextWriter output, LedgerReport report)
    {
        var totals = report.Totals;
        output.WriteLine($"{totals.Orders} orders in {totals.Entries} entries; {report.Checkpoints} signed checkpoints cover {report.Covered}.");
        output.WriteLine($"in         {totals.In.ToUsdc(),16} USDC");
        output.WriteLine($"delivered  {totals.Delivered.ToUsdc(),16}");
        output.WriteLine($"refunded   {totals.Refunded.ToUsdc(),16}");
        output.WriteLine($"held       {totals.Held.ToUsdc(),16}");
        output.WriteLine(totals.Conserved ? "Conserved: in = delivered + refunded + held." : "NOT conserved.");
        foreach (var fault in report.Faults.Take(FaultsShown))
            output.WriteLine($"fault: {fault.Message}");
        if (report.Faults.Count > FaultsShown)
            output.WriteLine($"and {report.Faults.Count - FaultsShown} more faults");
    }
}
