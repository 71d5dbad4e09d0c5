using Microsoft.Extensions.Logging;

namespace Betar.Grains.Listings;

internal sealed partial class ListingGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {AgentId} could not be listed; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string agentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {AgentId} cannot be listed: {Reason}")]
    private static partial void LogRefused(ILogger logger, string agentId, string reason);
}
