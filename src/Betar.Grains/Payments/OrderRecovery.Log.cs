using Betar.Grains.Abstractions.Payments;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Payments;

internal sealed partial class OrderRecovery
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Open payment {PaymentId} was taken up again: {End}")]
    private static partial void LogResumed(ILogger logger, string paymentId, PaymentEnd end);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open payment {PaymentId} could not be taken up now and is tried again.")]
    private static partial void LogResumeFailed(ILogger logger, Exception fault, string paymentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger could not be asked for open orders; it is asked again.")]
    private static partial void LogLookFailed(ILogger logger, Exception fault);
}
