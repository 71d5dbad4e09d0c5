using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>What an operator must know at start.</summary>
internal static partial class HttpStartLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "--api-legacy-open: any program of this machine may spend up to {Cap} USDC without a token, and run the agents")]
    public static partial void LogLegacyOpen(ILogger logger, string cap);
}
