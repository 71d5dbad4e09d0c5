using System.Globalization;
using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http.Streaming;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Watching;

/// <summary>Reads the node's log, a part at a time; a question may wait for what comes.</summary>
internal sealed class LogControl(LogRing ring, TimeProvider time)
{
    public const string Operation = "logs.read";

    /// <summary>Records in one answer.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Longest that a question may wait, in seconds.</summary>
    public const int LongestWait = 30;

    public async Task<ControlAnswer> AnswerAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<LogLevel> level = LogLevels.Read(ControlArguments.TextOr(arguments, "level", nameof(LogLevel.Information)));
        if (!level.IsOk)
            return ControlAnswer.Refused(level.Refusal);
        DateTimeOffset since = DateTimeOffset.MinValue;
        if (ControlArguments.TextOr(arguments, "since", "") is { Length: > 0 } from
            && !DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
            return ControlAnswer.Refused(ErrorCatalog.BadOptionValue.Refuse($"\"{VisibleText.Of(from)}\" is no time", "write it as 2026-01-31T12:00:00Z"));
        long after = ControlArguments.Number(arguments, "after", -1, long.MaxValue, -1);
        var wait = TimeSpan.FromSeconds(ControlArguments.Number(arguments, "wait", 0, LongestWait, 0));

        using var patience = new CancellationTokenSource(wait, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        LogRing.Part part = await ring.ReadAsync(after, level.Value, since, MostAtOnce, waiting.Token);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("next", part.Next);
            writer.WriteNumber("lost", part.Lost);
            writer.WriteStartArray("records");
            foreach (LogRecord record in part.Records)
                LogJson.Write(writer, record);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
