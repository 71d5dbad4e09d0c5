using System.CommandLine;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market list</c>: everything that this node knows to be for sale.</summary>
internal static class MarketListCommand
{
    private const int Page = 500;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Command Create(CliHost host) => NodeCommand.Create("list", "List what is for sale, as far as this node knows", host, RunAsync, MarketFilter.Trust);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var listings = await AllAsync(context, arguments.GetRequiredValue(MarketFilter.Trust), cancellation);
        if (!listings.IsOk)
            return listings.Refusal;
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer => WriteAll(writer, listings.Value));
        else if (listings.Value.Count == 0)
            context.Out.WriteLine("Nothing is for sale, as far as this node knows; run betar p2p peers to see whom it knows.");
        else
            MarketTable.Write(context.Out, listings.Value);
        return null;
    }

    /// <summary>All pages, once the node has caught up.</summary>
    internal static async Task<Checked<IReadOnlyList<JsonElement>>> AllAsync(CommandContext context, string[] trust, CancellationToken cancellation)
    {
        await CatchUp.WatchAsync(context, cancellation);
        using var client = context.Ask(Deadline);
        List<JsonElement> listings = [];
        string? cursor = null;
        do
        {
            var after = cursor;
            var answer = await client.CallAsync(MarketCalls.Search, writer => Write(writer, trust, after), cancellation);
            if (!answer.IsOk)
                return answer.Refusal;
            listings.AddRange(answer.Value.GetProperty("items").EnumerateArray());
            cursor = answer.Value.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return Checked.Of<IReadOnlyList<JsonElement>>(listings);
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

    internal static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<JsonElement> listings)
    {
        writer.WriteStartArray();
        foreach (var listing in listings)
            listing.WriteTo(writer);
        writer.WriteEndArray();
    }
}
