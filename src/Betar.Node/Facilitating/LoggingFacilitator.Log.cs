using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

internal sealed partial class LoggingFacilitator
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Payer} paid {Payee} {Amount} on {Network} in {Transaction}.")]
    private static partial void LogSettled(ILogger logger, string payer, string payee, string amount, string network, string transaction);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The payment of {Payer} to {Payee} of {Amount} on {Network} is pending: {Detail}")]
    private static partial void LogPending(ILogger logger, string payer, string payee, string amount, string network, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "The payment of {Payer} to {Payee} of {Amount} on {Network} was refused: {Reason} {Detail}")]
    private static partial void LogRefused(ILogger logger, string payer, string payee, string amount, string network, string reason, string detail);
}
