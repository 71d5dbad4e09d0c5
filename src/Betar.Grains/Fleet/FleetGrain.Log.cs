using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

internal sealed partial class FleetGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Agent {Name} ({AgentId}) sells at {PriceAtomic} units.")]
    private static partial void LogDeclared(ILogger logger, string name, string agentId, string priceAtomic);
}
