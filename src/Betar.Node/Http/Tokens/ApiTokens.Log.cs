using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Tokens;

internal sealed partial class ApiTokens
{
    [LoggerMessage(Level = LogLevel.Error, Message = "No token of the data folder counts: {Reason}")]
    private partial void LogUnreadable(string reason);
}
