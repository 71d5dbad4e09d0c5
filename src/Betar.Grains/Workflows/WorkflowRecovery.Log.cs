using Microsoft.Extensions.Logging;

namespace Betar.Grains.Workflows;

internal sealed partial class WorkflowRecovery
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Open workflows could not be looked for; tried again later.")]
    private static partial void LogLookFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workflow {WorkflowId} could not be gone on with; tried again later.")]
    private static partial void LogResumeFailed(ILogger logger, Exception fault, string workflowId);
}
