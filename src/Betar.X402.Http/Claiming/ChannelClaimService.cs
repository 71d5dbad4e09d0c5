using Betar.X402.Schemes.BatchSettlement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Claiming;

/// <summary>Claims a seller's channels for as long as its server runs, and what they still owe when it stops.</summary>
public sealed partial class ChannelClaimService(ChannelClaimer claimer, TimeProvider time, ILogger<ChannelClaimService> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await LookAsync(claimer.DrainAsync, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await LookAsync(cancellation => claimer.RunAsync(everything: false, cancellation), stoppingToken);
            try
            {
                await Task.Delay(claimer.Interval, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task LookAsync(Func<CancellationToken, Task<ClaimRound>> look, CancellationToken cancellationToken)
    {
        try
        {
            Tell(await look(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (Exception fault)
        {
            // Whatever it was, the next look must come: what is not claimed in time is lost.
            LogFailed(fault);
        }
    }

    private void Tell(ClaimRound round)
    {
        if (round.Claimed > 0)
        {
            LogClaimed(round.Claimed, round.Value);
        }

        if (round.Uncovered > 0)
        {
            LogUncovered(round.Uncovered);
        }

        if (round.Refused > 0)
        {
            LogRefused(round.Refused);
        }

        if (round.Open > 0 || round.Unknown > 0)
        {
            LogOpen(round.Open, round.Unknown);
        }
    }
}
