using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

internal sealed partial class AgentMemory
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {Name} could not read what it remembers of a caller.")]
    private static partial void LogNotRead(ILogger logger, Exception fault, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {Name} could not remember an exchange.")]
    private static partial void LogNotWritten(ILogger logger, Exception fault, string name);
}
