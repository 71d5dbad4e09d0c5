using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Streaming;

/// <summary>A line of the log. Of an exception only its kind is told: its text is for the operator's own screen.</summary>
internal sealed record LogRecord(DateTimeOffset At, LogLevel Level, string Category, string Message, string? Fault)
{
    /// <summary>The trace that it belongs to; null: none.</summary>
    public string? Trace { get; init; }
}
