using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

internal sealed partial class CatalogFile
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A line of the catalogue {Path} cannot be read and is left out.")]
    private static partial void LogUnreadable(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue {Path} cannot be read; it begins empty.")]
    private static partial void LogNotRead(ILogger logger, Exception fault, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue {Path} cannot be written; a restart will not know what came since.")]
    private static partial void LogNotWritten(ILogger logger, Exception fault, string path);
}
