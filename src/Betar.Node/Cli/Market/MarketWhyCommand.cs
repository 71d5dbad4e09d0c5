using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market why</c>: why a listing is seen here as it is, or is not seen, and who has it.</summary>
internal static class MarketWhyCommand
{
    private static readonly Argument<string> Listing = MarketArguments.Listing();

    public static Command Create(CliHost host) => NodeCommand.Create("why", "Say why a listing is seen as it is, or is not", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(
            context, MarketCalls.Why, writer => writer.WriteString("id", arguments.GetRequiredValue(Listing)), Print, cancellation),
        Listing);

    internal static void Print(CommandContext context, JsonElement why)
    {
        context.Out.WriteLine($"{VisibleText.Of(why.Text("id"))} is {(why.GetProperty("visible").GetBoolean() ? "seen here as " + why.Text("trust") : "not seen here")}.");
        foreach (var reason in why.GetProperty("reasons").EnumerateArray())
            context.Out.WriteLine($"  {VisibleText.Of(reason.GetString()!)}");
        Line(context, "signed", why.Text("version") is { Length: > 0 } version ? $"version {version}, block {why.Text("record")}" : "no");
        Line(context, "expires", why.Text("expires"));
        Line(context, "in the set", why.Text("node") is { Length: > 0 } node ? $"height {why.Text("height")}, node {node}" : "no");
        Line(context, "brought by", why.Text("broadcastBy"));
        Line(context, "gossip", why.Text("lastGossip"));
        Line(context, "last seen", why.Text("lastSeen"));
        foreach (var holder in why.GetProperty("holders").EnumerateArray())
            Line(context, "held by", $"{holder.Text("peerId")} since {holder.Text("since")}");
        foreach (var score in why.GetProperty("pathScores").EnumerateObject())
            Line(context, "score", string.Create(CultureInfo.InvariantCulture, $"{score.Name}: {score.Value.GetDouble():0.##}"));
    }

    private static void Line(CommandContext context, string name, string value)
    {
        if (value.Length > 0)
            context.Out.WriteLine($"  {name,-10} {VisibleText.Of(value)}");
    }
}
