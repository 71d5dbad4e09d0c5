using System.Globalization;
using System.Text.Json;
using Betar.Node.Control;

namespace Betar.Node.Cli.Market;

/// <summary>
/// While a node that has just come up still fetches what others wrote, a list would be short: a person who watches sees how far it is, and the list
/// comes when it is whole, or when nothing more has come for a while.
/// </summary>
internal static class CatchUp
{
    private const int Width = 30;

    /// <summary>Nobody waits longer for a list.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static async Task WatchAsync(CommandContext context, CancellationToken cancellation)
    {
        if (!context.Watched || context.Json)
            return;
        using var client = context.Ask(Deadline);
        var begin = context.Time.GetTimestamp();
        var drawn = false;
        for (long known = -1; context.Time.GetElapsedTime(begin) < Limit;)
        {
            var after = known;
            var answer = await client.CallAsync(MarketCalls.Progress, writer => writer.WriteNumber("after", after), cancellation);
            if (!answer.IsOk || answer.Value.GetProperty("missing").GetInt64() is 0)
                break;
            known = answer.Value.GetProperty("settled").GetInt64();
            await context.Error.WriteAsync("\r" + Line(answer.Value));
            await context.Error.FlushAsync(cancellation);
            drawn = true;
        }

        if (drawn)
            await context.Error.WriteAsync("\r" + new string(' ', Line(0, 0).Length + 40) + "\r");
    }

    internal static string Line(JsonElement progress) => Line(progress.GetProperty("settled").GetInt64(), progress.GetProperty("missing").GetInt64());

    private static string Line(long settled, long missing)
    {
        var all = settled + missing;
        var full = all == 0 ? Width : (int)(Width * settled / all);
        return string.Create(CultureInfo.InvariantCulture, $"catching up [{new string('#', full)}{new string('-', Width - full)}] {settled:N0} of at least {all:N0} nodes");
    }
}
