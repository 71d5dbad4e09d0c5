using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market show</c>: all that is known of one listing.</summary>
internal static class MarketShowCommand
{
    private static readonly Argument<string> Listing = MarketArguments.Listing();

    public static Command Create(CliHost host) => NodeCommand.Create("show", "Show one listing", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(
            context, MarketCalls.Show, writer => writer.WriteString("id", arguments.GetRequiredValue(Listing)), Print, cancellation),
        Listing);

    internal static void Print(CommandContext context, JsonElement listing)
    {
        Line(context, "name", listing.Text("name"));
        Line(context, "id", listing.Text("id"));
        Line(context, "about", listing.Text("description"));
        Line(context, "price", listing.Text("price") + " USDC for a task");
        Line(context, "refund", listing.Text("refund") == "keep" ? "none: the payment is kept when the work fails, and nobody buys this without --accept-keep" : "");
        Line(context, "paid to", listing.Text("payTo") is { Length: > 0 } payTo ? payTo : "(the seller says it when it is asked)");
        Line(context, "network", listing.Text("network"));
        Line(context, "seller", listing.Text("sellerId"));
        Line(context, "at", string.Join(' ', listing.GetProperty("addrs").EnumerateArray().Select(address => address.GetString())));
        Line(context, "trust", MarketTable.Trust(listing));
        Line(context, "age", Ages.Of(listing.GetProperty("ageSeconds").GetInt64()));
        Line(context, "expires", listing.Text("expires"));
        Line(context, "last seen", listing.Text("lastSeen"));
        if (listing.TryGetProperty("skills", out var skills))
        {
            foreach (var skill in skills.EnumerateArray())
                Line(context, "skill", $"{skill.Text("id")}: {skill.Text("description")}");
        }

        if (listing.Text("trust") is "hearsay" or "disputed")
            context.Out.WriteLine("It is not bought unless --accept-unverified is given: the seller itself did not say so.");
    }

    private static void Line(CommandContext context, string name, string value)
    {
        if (value.Length > 0)
            context.Out.WriteLine($"{name,-9} {VisibleText.Of(value)}");
    }
}
