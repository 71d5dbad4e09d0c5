using Microsoft.Extensions.Logging;

namespace Betar.Node.Control;

public sealed partial class ControlServer
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Control method {Method} failed")]
    private partial void LogFailed(string method, Exception failure);
}
