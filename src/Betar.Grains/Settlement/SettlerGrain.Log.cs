using Microsoft.Extensions.Logging;

namespace Betar.Grains.Settlement;

internal sealed partial class SettlerGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Transaction nonce {Nonce} was taken by somebody else; try {Attempt}.")]
    private static partial void LogNonceTaken(ILogger logger, ulong nonce, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No block took transaction nonce {Nonce} in time; it is sent again for {MaxFeePerGas} wei per gas.")]
    private static partial void LogReplaced(ILogger logger, ulong nonce, ulong maxFeePerGas);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {Account} waits for transaction nonce {Nonce}, which nobody here is sending; its place is filled.")]
    private static partial void LogStuckReplaced(ILogger logger, string account, ulong nonce);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transfer that a block had taken is gone from the chain; it is sent again.")]
    private static partial void LogDropped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is sent: {Reason}.")]
    private static partial void LogFee(ILogger logger, string reason);
}
