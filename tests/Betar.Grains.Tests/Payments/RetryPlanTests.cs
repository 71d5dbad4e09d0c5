using Betar.Grains.Payments;
using Betar.Grains.Tests.Support;
using Betar.X402;

namespace Betar.Grains.Tests.Payments;

public sealed class RetryPlanTests : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => _now;

    [Fact]
    public void Each_pause_is_twice_the_last_up_to_the_ceiling()
    {
        var plan = new RetryPlan(this, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
        Assert.True(plan.IsDue(Samples.Key));
        foreach (int pause in new[] { 5, 10, 20, 40, 60, 60 })
        {
            plan.Failed(Samples.Key);
            _now += TimeSpan.FromSeconds(pause) - TimeSpan.FromTicks(1);
            Assert.False(plan.IsDue(Samples.Key));
            _now += TimeSpan.FromTicks(1);
            Assert.True(plan.IsDue(Samples.Key));
        }
    }

    [Fact]
    public void One_order_waits_for_itself_only()
    {
        var plan = new RetryPlan(this, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
        plan.Failed(Samples.Key);
        Assert.True(plan.IsDue(Samples.Key with { Network = new NetworkId(1) }));
    }

    [Fact]
    public void What_has_ended_is_forgotten()
    {
        var plan = new RetryPlan(this, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
        plan.Failed(Samples.Key);
        plan.KeepOnly(new HashSet<PaymentKey> { Samples.Key });
        Assert.False(plan.IsDue(Samples.Key));
        plan.KeepOnly(new HashSet<PaymentKey>());
        Assert.True(plan.IsDue(Samples.Key));
    }
}
