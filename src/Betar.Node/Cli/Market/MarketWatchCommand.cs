using System.CommandLine;
using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market watch</c>: what changes for buyers of this node, a line each, until Ctrl-C.</summary>
internal static class MarketWatchCommand
{
    /// <summary>Longer than the node lets a question wait.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static Command Create(CliHost host) => NodeCommand.Create("watch", "Show what changes on the marketplace until Ctrl-C", host, RunAsync);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        using var client = context.Ask(Deadline);
        try
        {
            for (long after = -1; ;)
            {
                var known = after;
                var answer = await client.CallAsync(MarketCalls.Changes, writer => writer.WriteNumber("after", known), cancellation);
                if (!answer.IsOk)
                    return answer.Refusal;
                Print(context, answer.Value);
                after = answer.Value.GetProperty("next").GetInt64();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Enough seen.
            return null;
        }
    }

    internal static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetProperty("lost").GetInt64() is > 0 and var lost)
            LostLines.Print(context, lost, "changes");
        foreach (var change in answer.GetProperty("changes").EnumerateArray())
            Line(context, change, Sentence(change));
    }

    private static string Sentence(JsonElement change) => change.TryGetProperty("listing", out var listing) && listing.ValueKind == JsonValueKind.Object
        ? $"{change.Text("at")} listed    {VisibleText.Of(listing.Text("name"))}, {VisibleText.Of(listing.Text("price"))} USDC, {MarketTable.Trust(listing)}: {VisibleText.Of(change.Text("id"))}"
        : $"{change.Text("at")} delisted  {VisibleText.Of(change.Text("id"))}";

    private static void Line(CommandContext context, JsonElement json, string text)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, json);
            return;
        }

        context.Out.WriteLine(text);
        context.Out.Flush();
    }
}
