using System.CommandLine;
using Betar.Node.Configuration.Settings;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Watching;

namespace Betar.Node.Cli.Watching;

/// <summary><c>betar top</c>: how the running fleet does, again and again until Ctrl-C.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly Option<bool> Once = new("--once") { Description = "Show it one time and end" };

    private static readonly Option<string> Interval = new("--interval") { Description = "How long between two looks, 200ms to 1h", HelpName = "TIME", DefaultValueFactory = _ => "1s" };

    public static Command Create(CliHost host) => NodeCommand.Create("top", "Watch the running fleet: agents, orders, money, peers", host, RunAsync, Once, Interval);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetRequiredValue(Interval);
        if (!Durations.TryParse(text, out var interval) || interval < Shortest || interval > Longest)
            return ErrorCatalog.BadOptionValue.Refuse($"--interval {VisibleText.Of(text)} is no time from 200ms to 1h", "write it as 1s, 500ms or 1m");
        var once = arguments.GetValue(Once);
        using var client = context.Ask(Deadline);
        var screen = new Lazy<Screen>(() => new Screen(once ? context with { Screen = null } : context));
        try
        {
            while (true)
            {
                var answer = await client.CallAsync(FleetOverview.Operation, null, cancellation);
                if (!answer.IsOk)
                    return answer.Refusal;
                if (context.Json)
                    JsonOutput.WriteLine(context.Out, answer.Value);
                else
                    screen.Value.Draw(TopView.Lines(answer.Value));
                if (once)
                    return null;
                await Task.Delay(interval, context.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Enough seen.
            return null;
        }
        finally
        {
            if (screen.IsValueCreated)
                screen.Value.Dispose();
        }
    }
}
