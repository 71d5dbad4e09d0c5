using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

internal sealed partial class AgentSummaries
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {Name} could not make a summary of what it remembers of a caller, and goes on with the last exchanges: {Reason}")]
    private static partial void LogNotMade(ILogger logger, Exception? fault, string name, string reason);
}
