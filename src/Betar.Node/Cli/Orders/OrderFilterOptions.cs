using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Orders;

/// <summary>Which orders a command is about.</summary>
internal static class OrderFilterOptions
{
    private static readonly Option<string?> State = new("--state")
    {
        Description = "Only those that are there now: Reserved, Settled, Delivered, RefundOwed, Refunded or Refused", HelpName = "STATE",
    };

    private static readonly Option<string?> Agent = new("--agent") { Description = "Only those of this agent, by its id or its name", HelpName = "ID" };

    private static readonly Option<string?> Payer = new("--payer") { Description = "Only those that this address paid", HelpName = "ADDRESS" };

    private static readonly Option<string?> Since = new("--since") { Description = "Only those from this moment on; with --state, that came there since", HelpName = "TIME" };

    private static readonly Option<string?> Until = new("--until") { Description = "Only those before this moment", HelpName = "TIME" };

    public static readonly Option<int?> Limit = new("--limit") { Description = "At most so many [default: 1000]", HelpName = "N" };

    public static IReadOnlyList<Option> All { get; } = [State, Agent, Payer, Since, Until];

    public static void Write(Utf8JsonWriter writer, ParseResult arguments, Option<int?>? limit = null)
    {
        foreach ((string name, Option<string?> option) in new[] { ("state", State), ("agentId", Agent), ("payer", Payer), ("since", Since), ("until", Until) })
        {
            if (arguments.GetValue(option) is { } value)
                writer.WriteString(name, value);
        }

        if (limit is not null)
            WriteLimit(writer, arguments);
    }

    /// <summary>Where nothing is filtered.</summary>
    public static void WriteLimit(Utf8JsonWriter writer, ParseResult arguments)
    {
        if (arguments.GetValue(Limit) is { } most)
            writer.WriteNumber("limit", most);
    }

    public static bool AnyOf(ParseResult arguments) => new[] { State, Agent, Payer, Since, Until }.Any(option => arguments.GetValue(option) is not null);
}
