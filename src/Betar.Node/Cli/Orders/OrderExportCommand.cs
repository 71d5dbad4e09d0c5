using System.CommandLine;
using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Orders;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order export</c>: all orders, or those of a filter, as a table for spreadsheets or as JSON lines.</summary>
internal static class OrderExportCommand
{
    private const int PageSize = 500;

    private static readonly Option<string> Format = new("--format") { Description = "csv or jsonl", HelpName = "FORMAT", DefaultValueFactory = _ => "csv" };

    private static readonly Option<string?> Out = new("--out") { Description = "Write to this file [default: to the terminal]", HelpName = "FILE" };

    public static Command Create(CliHost host) => NodeCommand.Create("export", "Write the orders out, newest first", host, RunAsync,
        [Format, Out, .. OrderFilterOptions.All]);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        string format = arguments.GetRequiredValue(Format);
        if (format is not ("csv" or "jsonl"))
            return ErrorCatalog.BadOptionValue.Refuse($"--format {VisibleText.Of(format)} is neither csv nor jsonl");
        if (arguments.GetValue(Out) is not { } file)
            return await WriteAsync(context, arguments, format, context.Out, cancellation);

        // Whoever reads the file meanwhile finds the one before, or all of the new one.
        string part = file + ".part";
        CliRefusal? refusal;
        await using (var output = new StreamWriter(part))
            refusal = await WriteAsync(context, arguments, format, output, cancellation);
        if (refusal is null)
            File.Move(part, file, overwrite: true);
        else
            File.Delete(part);
        return refusal;
    }

    private static async Task<CliRefusal?> WriteAsync(
        CommandContext context, ParseResult arguments, string format, TextWriter output, CancellationToken cancellation)
    {
        if (format == "csv")
            await output.WriteAsync(CsvText.Line(OrderExport.Columns));
        for (long after = 0; ;)
        {
            JsonElement page = default;
            long from = after;
            void Ask(Utf8JsonWriter writer)
            {
                OrderFilterOptions.Write(writer, arguments);
                writer.WriteNumber("limit", PageSize);
                writer.WriteNumber("after", from);
            }

            var refusal = await OrderQuery.RunAsync(context with { Json = false }, "orders.export", Ask,
                async (database, asked, cancel) => await OrderExport.PageAsync(database.Ledger, (await FleetDeclaring.LoadOffersAsync(database.Agents, cancel)).All, asked, cancel), (_, answer) => page = answer.Clone(), cancellation);
            if (refusal is not null)
                return refusal;
            foreach (JsonElement order in page.EnumerateArray())
            {
                after = order.GetProperty("cursor").GetInt64();
                if (format == "csv")
                    await output.WriteAsync(CsvText.Line(OrderExport.Columns.Select(name => order.Text(name))));
                else
                    JsonOutput.WriteLine(output, order);
            }

            if (page.GetArrayLength() < PageSize)
                return null;
        }
    }
}
