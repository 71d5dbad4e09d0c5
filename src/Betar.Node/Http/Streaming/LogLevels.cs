using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Streaming;

/// <summary>The level from which on somebody wants the log, by its name.</summary>
internal static class LogLevels
{
    public static Checked<LogLevel> Read(string? word) => word is null ? LogLevel.Information
        : char.IsAsciiLetter(word.FirstOrDefault()) && Enum.TryParse(word, ignoreCase: true, out LogLevel level) ? level
        : ErrorCatalog.BadOptionValue.Refuse($"\"{VisibleText.Of(word)}\" is no level of a log", "use trace, debug, information, warning, error or critical");
}
