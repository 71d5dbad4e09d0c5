using Microsoft.Extensions.Logging;

namespace Betar.Grains.Selling;

public sealed partial class SalesDesk
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The session of payment {PaymentId} was lost; the buyer is told to ask again.")]
    private static partial void LogSessionLost(ILogger logger, Exception fault, string paymentId);
}
