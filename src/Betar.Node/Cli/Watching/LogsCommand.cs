using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Configuration.Settings;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Watching;

namespace Betar.Node.Cli.Watching;

/// <summary><c>betar logs</c>: the running node's log, as far as it keeps it, and with -f what comes, until Ctrl-C.</summary>
internal static class LogsCommand
{
    /// <summary>Longer than the node lets a question wait.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2 * LogControl.LongestWait);

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what comes, until Ctrl-C" };

    private static readonly Option<string?> Level = new("--level")
    {
        Description = "The least level: trace, debug, information, warning, error or critical; a lower one than information is kept from now on, while somebody asks for it [default: information]",
        HelpName = "LEVEL",
    };

    private static readonly Option<string?> Since = new("--since") { Description = "Nothing older than this: a time such as 2026-01-31T12:00:00Z, or how long ago, such as 10m", HelpName = "TIME" };

    public static Command Create(CliHost host) => NodeCommand.Create("logs", "Show the running node's log", host, RunAsync, Follow, Level, Since);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var since = arguments.GetValue(Since);
        if (since is not null && Durations.TryParse(since, out var ago))
            since = (context.Time.GetUtcNow() - ago).ToString("O", CultureInfo.InvariantCulture);
        var follow = arguments.GetValue(Follow);
        using var client = context.Ask(Deadline);
        try
        {
            for (long after = -1; ;)
            {
                var (known, wait) = (after, follow && after >= 0 ? LogControl.LongestWait : 0);
                var answer = await client.CallAsync(LogControl.Operation, writer => Ask(writer, known, wait, arguments.GetValue(Level), since), cancellation);
                if (!answer.IsOk)
                    return answer.Refusal;
                Print(context, answer.Value);
                after = answer.Value.GetProperty("next").GetInt64();
                if (!follow && answer.Value.GetProperty("records").GetArrayLength() == 0)
                    return null;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Enough seen.
            return null;
        }
    }

    private static void Ask(Utf8JsonWriter writer, long after, int wait, string? level, string? since)
    {
        writer.WriteNumber("after", after);
        writer.WriteNumber("wait", wait);
        if (level is not null)
            writer.WriteString("level", level);
        if (since is not null)
            writer.WriteString("since", since);
    }

    internal static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetProperty("lost").GetInt64() is > 0 and var lost)
            LostLines.Print(context, lost, "records");
        foreach (var record in answer.GetProperty("records").EnumerateArray())
        {
            if (context.Json)
                JsonOutput.WriteLine(context.Out, record);
            else
                context.Out.WriteLine(Line(record));
        }

        context.Out.Flush();
    }

    private static string Line(JsonElement record)
    {
        var fault = record.Text("fault") is { Length: > 0 } kind ? $" ({VisibleText.Of(kind)})" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{record.GetProperty("at").GetDateTimeOffset():yyyy-MM-ddTHH:mm:ss.fffZ} {record.Text("level"),-11} {record.Text("category")}: {VisibleText.Of(record.Text("message"))}{fault}");
    }
}
