using Microsoft.Extensions.Logging;

namespace Betar.Grains.Workflows;

internal sealed partial class WorkflowGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Workflow {WorkflowId} stopped where it was; it goes on from there. {Fault}")]
    private static partial void LogStopped(ILogger logger, string workflowId, string fault);
}
