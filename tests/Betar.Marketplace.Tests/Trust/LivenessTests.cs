using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Trust;

public sealed class LivenessTests
{
    private static readonly DateTimeOffset s_at = Somebody.Start;

    [Fact]
    public void Latency_is_a_moving_average_in_whole_ticks()
    {
        var life = new Liveness();
        Assert.Null(life.Latency);
        life.Answered(s_at, TimeSpan.FromTicks(800));
        Assert.Equal(800, life.Latency!.Value.Ticks);
        life.Answered(s_at, TimeSpan.FromTicks(1600));
        Assert.Equal(900, life.Latency!.Value.Ticks);
    }

    [Fact]
    public void A_rate_is_in_ten_thousand()
    {
        var life = new Liveness();
        Assert.Null(life.SuccessRate);
        life.Failed(s_at);
        Assert.Equal(0, life.SuccessRate);
        life.Answered(s_at, default);
        life.Answered(s_at, default);
        Assert.Equal(6666, life.SuccessRate);
        Assert.Equal(9999, Liveness.Of(null, long.MaxValue, 1, null).SuccessRate);
    }

    [Fact]
    public void Failures_in_a_row_end_with_a_success()
    {
        var life = new Liveness();
        life.Failed(s_at);
        life.Failed(s_at);
        Assert.Equal(2, life.FailuresInARow);
        life.Answered(s_at, default);
        Assert.Equal((0, 2L, 1L), (life.FailuresInARow, life.Failures, life.Successes));
    }

    [Fact]
    public void What_was_found_of_a_seller_outlives_a_restart() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        buyer.Market.ReportContact(id, true, TimeSpan.FromMilliseconds(7));
        buyer.Market.ReportContact(id, false, default);
        await world.PassAsync(TimeSpan.FromSeconds(11));

        await buyer.RestartAsync();

        var seen = buyer.Market.Find(id)!;
        Assert.Equal((TrustLevel.Verified, 5000), (seen.Trust, seen.SuccessRate));
        Assert.Equal(TimeSpan.FromMilliseconds(7), seen.Latency);
        Assert.Equal(Somebody.Start.Date, seen.LastSuccess!.Value.Date);
    });

    [Fact]
    public void A_contact_with_nobody_that_is_known_is_nothing() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);

        buyer.Market.ReportContact("nobody", true, default);

        Assert.Equal(0, buyer.Market.Count);
    });
}
