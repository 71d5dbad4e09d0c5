using Microsoft.Extensions.Logging;

namespace Betar.Grains.Gateway;

internal sealed partial class GatewayHolder
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store did not say whether this silo may be the gateway; it is asked again.")]
    private static partial void LogNotAsked(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Paid work was still under way after {Waited}; it goes on without the host, and its answers are kept.")]
    private static partial void LogNotDrained(ILogger logger, TimeSpan waited);
}
