using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Scheduling;

public sealed partial class BackgroundWork
{
    [LoggerMessage(1, LogLevel.Error, "Background work of the libp2p host failed.")]
    private static partial void LogFault(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Trace, "Background work of the libp2p host was cancelled.")]
    private static partial void LogCancelled(ILogger logger);
}
