using Betar.Ethereum;
using Betar.Grains.Settlement;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Selling;

/// <summary>
/// Whether a payment could be brought onto the chain now. While it could not, a seller says so before anybody pays, and it sells again by
/// itself as soon as it could.
/// </summary>
public sealed partial class SettlementOutlook
{
    private static readonly Outlook s_unreachable = Closed("The chain cannot be reached");
    private static readonly Outlook s_open = new(null);

    private readonly IChainClient _chain;
    private readonly IPaymentSettling _settling;
    private readonly ILogger<SettlementOutlook> _log;
    private readonly KeptReading<Outlook> _outlook;
    private volatile Outlook _told = s_open;

    public SettlementOutlook(IChainClient chain, IPaymentSettling settling, TimeProvider time, ILogger<SettlementOutlook> log)
    {
        _chain = chain;
        _settling = settling;
        _log = log;
        _outlook = new KeptReading<Outlook>(ReadAsync, time);
    }

    /// <summary>Why nothing can be sold now; null when it can.</summary>
    public async ValueTask<Refusal?> FindObstacleAsync() => (await _outlook.GetAsync() ?? s_unreachable).Obstacle;

    private async Task<Outlook?> ReadAsync()
    {
        Outlook now = await LookAsync();
        if (now != _told && now.Obstacle is { } obstacle)
            LogStopped(_log, obstacle.Message);
        else if (now != _told)
            LogResumed(_log);
        _told = now;
        return now;
    }

    private async Task<Outlook> LookAsync()
    {
        try
        {
            await _chain.GetBlockNumberAsync(CancellationToken.None);
            return await _settling.FindObstacleAsync(CancellationToken.None) is { } why ? Closed(why) : s_open;
        }
        catch (ChainUnavailableException)
        {
            return s_unreachable;
        }
        catch (Exception fault)
        {
            // Nobody waits for this look: what is not known is told here and sells nothing.
            LogFault(_log, fault);
            return s_unreachable;
        }
    }

    private static Outlook Closed(string why) => new(new Refusal
    {
        Code = RefusalCodes.CannotSettleNow, Message = $"{why}, so nothing is sold now and nothing was taken; ask again.", Retryable = true,
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Selling stops. {Why}")]
    private static partial void LogStopped(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether payments could be settled is not known.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Payments can be settled again: selling goes on.")]
    private static partial void LogResumed(ILogger logger);

    private sealed record Outlook(Refusal? Obstacle);
}
