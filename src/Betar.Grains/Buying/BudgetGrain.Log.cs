using Microsoft.Extensions.Logging;

namespace Betar.Grains.Buying;

internal sealed partial class BudgetGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Purchase {PurchaseId} could not be read; what it set aside stays set aside.")]
    private static partial void LogPurchaseUnreadable(ILogger logger, Exception fault, string purchaseId);
}
