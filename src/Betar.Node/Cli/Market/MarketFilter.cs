using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Market;

/// <summary>The conditions that listings can be looked for by, the same for every command that lists.</summary>
internal static class MarketFilter
{
    public static readonly Option<string[]> Trust = new("--trust")
    {
        Description = "Only these: own, verified, attested, hearsay, disputed, expired; may be repeated", HelpName = "LEVEL", DefaultValueFactory = _ => [],
    };

    public static readonly Option<string[]> Tag = new("--tag") { Description = "Only agents with this skill; may be repeated", HelpName = "TAG", DefaultValueFactory = _ => [] };

    public static readonly Option<string?> MinPrice = new("--min-price") { Description = "At least so much for a task, in USDC", HelpName = "AMOUNT" };

    public static readonly Option<string?> MaxPrice = new("--max-price") { Description = "At most so much for a task, in USDC", HelpName = "AMOUNT" };

    public static readonly Option<string?> Network = new("--network") { Description = "Only agents that are paid on this network, such as eip155:84532", HelpName = "ID" };

    public static readonly Option<bool> Alive = new("--alive") { Description = "Only sellers that were heard lately" };

    public static readonly Option<string> Sort = new("--sort") { Description = "What comes first: price, latency or success", HelpName = "ORDER", DefaultValueFactory = _ => "price" };

    public static readonly Option<int> Limit = new("--limit") { Description = "Listings on one page, 1 to 500", HelpName = "N", DefaultValueFactory = _ => 50 };

    public static readonly Option<string?> Cursor = new("--cursor") { Description = "The next page of the search that gave it", HelpName = "TEXT" };

    public static Symbol[] All => [Trust, Tag, MinPrice, MaxPrice, Network, Alive, Sort, Limit, Cursor];

    public static void Write(Utf8JsonWriter writer, ParseResult arguments, string text)
    {
        writer.WriteString("text", text);
        WriteTexts(writer, "trust", arguments.GetRequiredValue(Trust));
        WriteTexts(writer, "tags", arguments.GetRequiredValue(Tag));
        WriteText(writer, "minPrice", arguments.GetValue(MinPrice));
        WriteText(writer, "maxPrice", arguments.GetValue(MaxPrice));
        WriteText(writer, "network", arguments.GetValue(Network));
        writer.WriteBoolean("alive", arguments.GetValue(Alive));
        writer.WriteString("sort", arguments.GetRequiredValue(Sort));
        writer.WriteNumber("limit", arguments.GetValue(Limit));
        WriteText(writer, "cursor", arguments.GetValue(Cursor));
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
