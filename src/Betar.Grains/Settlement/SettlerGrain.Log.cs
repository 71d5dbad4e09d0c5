using Microsoft.Extensions.Logging;

namespace Betar.Grains.Settlement;

internal sealed partial class SettlerGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Transaction nonce {Nonce} was taken by somebody else; try {Attempt}.")]
    private static partial void LogNonceTaken(ILogger logger, ulong nonce, int attempt);
}
