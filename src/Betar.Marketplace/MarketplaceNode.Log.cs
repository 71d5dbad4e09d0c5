using Microsoft.Extensions.Logging;

namespace Betar.Marketplace;

public sealed partial class MarketplaceNode
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The block store has no room for signed listings; peers that fetch them by their names will not find them here.")]
    private static partial void LogNoRoom(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Of {Count} stored listings {Bad} could not be read back.")]
    private static partial void LogBadRows(ILogger logger, int count, int bad);
}
