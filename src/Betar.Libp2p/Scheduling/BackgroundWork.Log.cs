using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Scheduling;

public sealed partial class BackgroundWork
{
    [LoggerMessage(1, LogLevel.Error, "Background work failed.")]
    private static partial void LogFault(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Trace, "Background work was cancelled.")]
    private static partial void LogCancelled(ILogger logger);
}
