using Microsoft.Extensions.Logging;

namespace Betar.Agents.Processes;

internal sealed partial class TaskProcessExecutor
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The program {Program} could not be started.")]
    private static partial void LogNotStarted(ILogger logger, Exception fault, string program);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The program {Program} ended with code {Code}: {Errors}")]
    private static partial void LogFailed(ILogger logger, string program, int code, string errors);
}
