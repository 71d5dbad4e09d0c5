using Microsoft.Extensions.Logging;

namespace Betar.Storage.Sessions;

internal sealed partial class SqliteSessionLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Exchanges are not recorded: {Waiting} wait for the disk already.")]
    private static partial void LogFull(ILogger logger, int waiting);

    [LoggerMessage(Level = LogLevel.Error, Message = "An exchange could not be recorded.")]
    private static partial void LogLost(ILogger logger, Exception failure);
}
