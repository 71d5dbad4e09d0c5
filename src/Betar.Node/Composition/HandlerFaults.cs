using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>Where exceptions of the sales desk go: to the log, never to the wire.</summary>
internal static partial class HandlerFaults
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A request of {Peer} could not be handled.")]
    public static partial void LogFault(ILogger logger, Exception fault, string peer);
}
