using System.Diagnostics.Metrics;
using Betar.X402.Selling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Refunding;

/// <summary>Pays back what a seller owes for as long as its server runs. What is left then is owed at the next start.</summary>
public sealed partial class OwedRefundService(OwedRefunds refunds, TimeProvider time, ILogger<OwedRefundService> logger) : BackgroundService
{
    private static readonly Meter Meter = new("Betar");

    private static readonly Counter<long> Uncovered = Meter.CreateCounter<long>(
        "betar.refunds.uncovered", description: "Times a refund could not be made because the refund account has too little. Page somebody.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(refunds.Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var report in await refunds.RunAsync(cancellationToken))
            {
                Tell(report);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, the next look must come: the money is owed.
            LogFailed(fault);
        }
    }

    private void Tell(RefundReport report)
    {
        var payment = report.Debt.Payment.ToString();
        switch (report.End)
        {
            case RefundEnd.PaidBack:
                LogPaidBack(payment, report.Transaction);
                break;
            case RefundEnd.Uncovered:
                Uncovered.Add(1);
                LogUncovered(payment, refunds.Account);
                break;
            case RefundEnd.ByHand:
                LogByHand(payment, report.Debt.Resource);
                break;
            case RefundEnd.Waiting:
                LogWaiting(payment);
                break;
            case RefundEnd.Withdrawn:
                LogWithdrawn(payment);
                break;
        }
    }
}
