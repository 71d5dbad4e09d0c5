using Microsoft.Extensions.Logging;

namespace Betar.Agents.Processes;

internal sealed partial class WorkerExecutor
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The worker {Program} could not be started.")]
    private static partial void LogNotStarted(ILogger logger, Exception fault, string program);

    [LoggerMessage(Level = LogLevel.Information, Message = "The worker {Program} was started as process {Process}.")]
    private static partial void LogStarted(ILogger logger, string program, int process);
}
