using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

internal sealed partial class ApiPipeline
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The request for {Route} failed")]
    private partial void LogFailed(string route, Exception fault);
}
