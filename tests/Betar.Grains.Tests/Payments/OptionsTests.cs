using Betar.Grains.Buying;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;

namespace Betar.Grains.Tests.Payments;

/// <summary>The defaults that are promised.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void Payments()
    {
        var options = new PaymentOptions();
        Assert.Equal((25, 5, 16, 24), (options.StreamBudget.TotalSeconds, options.RecoveryInterval.TotalSeconds,
            options.RecoveryConcurrency, options.RefundValidity.TotalHours));
        Assert.Equal(TimeSpan.FromSeconds(10), options.RestBeforeLeaving);
        Assert.Equal(TimeSpan.FromMilliseconds(200), options.TaskRetryPause);
        Assert.Equal(TimeSpan.FromMinutes(5), options.RetryCeiling);
    }

    [Fact]
    public void Settlement()
    {
        var options = new SettlementOptions();
        Assert.Equal((10, 3, 1, 1), (options.ReceiptTimeout.TotalSeconds, options.NonceTries, options.Replacements, options.Confirmations));
        Assert.Equal((1, 12_000_000ul, 1), (options.MaxBatch, options.MaxBatchGas, options.BatchWait.TotalSeconds));
        Assert.Equal("0xcA11bde05977b3631167028862bE2a173976CA11", $"{options.Multicall}", ignoreCase: true);
        Assert.Equal((15, 500), (options.ConfirmationTimeout.TotalSeconds, options.ConfirmationInterval.TotalMilliseconds));
    }

    [Fact]
    public void Buying()
    {
        var options = new BuyingOptions();
        Assert.Equal((30, 3, 200), (options.AnswerTimeout.TotalSeconds, options.Repeats, options.RepeatPause.TotalMilliseconds));
        Assert.Equal(TimeSpan.FromMinutes(10), options.ReservationLifetime);
    }

    [Fact]
    public void Selling()
    {
        var options = new SellingOptions();
        Assert.Equal((60, true, true, 65_536), (options.MaxTimeoutSeconds, options.RequireRefundFloat, options.RequireSettlement, options.MaxInputCharacters));
    }

    [Fact]
    public void The_fault_points_are_named_once_and_in_their_order()
    {
        Assert.Equal(9, FaultPoint.All.Distinct().Count());
        Assert.Equal((FaultPoint.BeforeReserve, FaultPoint.AfterRefunded), (FaultPoint.All[0], FaultPoint.All[^1]));
    }
}
