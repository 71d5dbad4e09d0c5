using System.CommandLine;
using System.Text.Json;
using Betar.Grains.Settlement.Audit;
using Betar.Node.Errors;
using Betar.Storage;
using Betar.Storage.Ledger;
using Betar.Storage.WebSales;
using Betar.X402;

namespace Betar.Node.Cli.Ledger;

/// <summary><c>betar ledger verify</c>: walks every entry and proves that no money is missing. Works beside a running node.</summary>
internal static class LedgerVerifyCommand
{
    private const int FaultsShown = 20;

    private static readonly Option<bool> Chain = new("--chain")
    {
        Description = "Compare with the chain too: each entry with its transaction, each transfer of our accounts with its entry",
    };

    public static Command Create(CliHost host) =>
        CliCommand.Create("verify", "Walk the ledger's chains and prove that what came in is accounted for", host, RunAsync, Chain);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        if (!File.Exists(context.Data.Database))
            return ErrorCatalog.NoData.Refuse($"There is no ledger in {context.Data.Root}");
        await using var database = BetarDatabase.OpenReadOnly(context.Data.Database, time: context.Time);
        var report = await database.Ledger.VerifyAsync(cancellation);
        var sales = await DurableWebSales.ReadAllAsync(database, cancellation);
        IReadOnlyList<(NetworkId Network, AuditReport Report)> audits = [];
        if (arguments.GetValue(Chain))
        {
            var compared = await LedgerAudit.RunAsync(context, database.Ledger, sales, cancellation);
            if (!compared.IsOk)
                return compared.Refusal;
            audits = compared.Value;
        }

        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer => WriteJson(writer, report, sales, audits));
        else
            WriteText(context.Out, report, sales, audits);
        return Judge(report, sales, audits);
    }

    private static CliRefusal? Judge(LedgerReport report, IReadOnlyList<WebSale> sales, IReadOnlyList<(NetworkId Network, AuditReport Report)> audits)
    {
        if (!report.Ok)
            return ErrorCatalog.LedgerFaulty.Refuse($"The ledger has {report.Faults.Count} fault(s), the first: {report.Faults[0].Message}");
        if (!report.Totals.Conserved)
            return ErrorCatalog.LedgerFaulty.Refuse("The ledger is not conserved");
        if (sales.FirstOrDefault(sale => !sale.IsConserved) is { } lost)
            return ErrorCatalog.LedgerFaulty.Refuse($"Of what {lost.Sale.Payment} paid over HTTP it is not known where all of it is");
        AuditFault[] faults = [.. audits.SelectMany(audit => audit.Report.Faults)];
        return faults.Length == 0
            ? null
            : ErrorCatalog.ChainDisagrees.Refuse($"Ledger and chain disagree {faults.Length} time(s), first: {faults[0].Message.TrimEnd('.')}");
    }

    private static void WriteJson(Utf8JsonWriter writer, LedgerReport report, IReadOnlyList<WebSale> sales, IReadOnlyList<(NetworkId Network, AuditReport Report)> audits)
    {
        var totals = report.Totals;
        writer.WriteStartObject();
        writer.WriteBoolean("ok", report.Ok && totals.Conserved && sales.All(sale => sale.IsConserved) && audits.All(audit => audit.Report.Ok));
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
        WebSaleTotals.Of(sales).Write(writer);
        AuditOutput.Write(writer, audits);
        writer.WriteEndObject();
    }

    private static void WriteText(TextWriter output, LedgerReport report, IReadOnlyList<WebSale> sales, IReadOnlyList<(NetworkId Network, AuditReport Report)> audits)
    {
        var totals = report.Totals;
        output.WriteLine($"{totals.Orders} orders in {totals.Entries} entries; {report.Checkpoints} signed checkpoints cover {report.Covered}.");
        output.WriteLine($"in         {totals.In.ToUsdc(),16} USDC");
        output.WriteLine($"delivered  {totals.Delivered.ToUsdc(),16}");
        output.WriteLine($"refunded   {totals.Refunded.ToUsdc(),16}");
        output.WriteLine($"held       {totals.Held.ToUsdc(),16}");
        output.WriteLine(totals.Conserved ? "Conserved: in = delivered + refunded + held." : "NOT conserved.");
        WebSaleTotals.Of(sales).Write(output);
        foreach (var fault in report.Faults.Take(FaultsShown))
            output.WriteLine($"fault: {fault.Message}");
        if (report.Faults.Count > FaultsShown)
            output.WriteLine($"and {report.Faults.Count - FaultsShown} more faults");
        foreach (var (network, audit) in audits)
            AuditOutput.Write(output, network, audit, FaultsShown);
    }
}
