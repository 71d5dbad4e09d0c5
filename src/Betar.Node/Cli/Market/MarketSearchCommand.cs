using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market search</c>: what fits some words and conditions, page by page.</summary>
internal static class MarketSearchCommand
{
    private static readonly Argument<string[]> Words = new("words")
    {
        Description = "Words that all occur in the name, the description or the skills", HelpName = "WORD", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [],
    };

    public static Command Create(CliHost host) => NodeCommand.Create("search", "Find agents by words, skills, price and trust", host, RunAsync, [Words, .. MarketFilter.All]);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        await CatchUp.WatchAsync(context, cancellation);
        return await NodeQuery.RunAsync(
            context, MarketCalls.Search, writer => MarketFilter.Write(writer, arguments, string.Join(' ', arguments.GetRequiredValue(Words))), Print, cancellation);
    }

    private static void Print(CommandContext context, JsonElement answer)
    {
        var items = answer.GetProperty("items");
        if (items.GetArrayLength() == 0)
        {
            context.Out.WriteLine("Nothing fits.");
            return;
        }

        MarketTable.Write(context.Out, items.EnumerateArray());
        if (answer.GetProperty("next").GetString() is { } next)
        {
            var more = answer.GetProperty("matches").GetInt64() - items.GetArrayLength();
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{more:N0} more: add --cursor {next}"));
        }
    }
}
