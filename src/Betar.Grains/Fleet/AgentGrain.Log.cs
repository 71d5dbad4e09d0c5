using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

internal sealed partial class AgentGrain
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The executor of agent {Name} threw.")]
    private static partial void LogExecutorFault(ILogger logger, Exception fault, string name);
}
