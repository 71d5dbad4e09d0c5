using System.Net;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Selling;

internal sealed partial class TcpService
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection could not be accepted.")]
    private static partial void LogAcceptFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection from {Remote} was closed: too many are open.")]
    private static partial void LogFull(ILogger logger, IPAddress remote);

    [LoggerMessage(Level = LogLevel.Error, Message = "The conversation with {Remote} ended by a fault.")]
    private static partial void LogConversationFailed(ILogger logger, Exception fault, IPAddress remote);
}
