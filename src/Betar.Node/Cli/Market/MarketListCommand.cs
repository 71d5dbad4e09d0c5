using System.CommandLine;
using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market list</c>: everything that this node knows to be for sale.</summary>
internal static class MarketListCommand
{
    private const int Page = 500;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Command Create(CliHost host) => CliCommand.Create("list", "List what is for sale, as far as this node knows", host, RunAsync, MarketFilter.Trust);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        await CatchUp.WatchAsync(context, cancellation);
        using var client = new ControlClient(context.Data, Deadline);
        List<JsonElement> listings = [];
        string? cursor = null;
        do
        {
            var after = cursor;
            var answer = await client.CallAsync(MarketCalls.Search, writer => Write(writer, arguments.GetRequiredValue(MarketFilter.Trust), after), cancellation);
            if (!answer.IsOk)
                return answer.Refusal;
            listings.AddRange(answer.Value.GetProperty("items").EnumerateArray());
            cursor = answer.Value.GetProperty("next").GetString();
        }
        while (cursor is not null);

        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer => WriteAll(writer, listings));
        else if (listings.Count == 0)
            context.Out.WriteLine("Nothing is for sale, as far as this node knows; run betar p2p peers to see whom it knows.");
        else
            MarketTable.Write(context.Out, listings);
        return null;
    }

    private static void Write(Utf8JsonWriter writer, string[] trust, string? cursor)
    {
        writer.WriteStartArray("trust");
        foreach (var level in trust)
            writer.WriteStringValue(level);
        writer.WriteEndArray();
        writer.WriteNumber("limit", Page);
        if (cursor is not null)
            writer.WriteString("cursor", cursor);
    }

    private static void WriteAll(Utf8JsonWriter writer, List<JsonElement> listings)
    {
        writer.WriteStartArray();
        foreach (var listing in listings)
            listing.WriteTo(writer);
        writer.WriteEndArray();
    }
}
