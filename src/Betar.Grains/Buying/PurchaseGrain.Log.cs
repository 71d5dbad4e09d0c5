using Microsoft.Extensions.Logging;

namespace Betar.Grains.Buying;

internal sealed partial class PurchaseGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Purchase {PurchaseId}: no end heard, showing the same payment again ({Repeat}). {Fault}")]
    private static partial void LogRepeat(ILogger logger, string purchaseId, int repeat, string fault);
}
