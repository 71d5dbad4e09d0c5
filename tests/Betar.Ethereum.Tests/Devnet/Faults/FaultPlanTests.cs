using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Devnet.Faults;

public sealed class FaultPlanTests
{
    readonly ManualTime _time = new();
    readonly FaultPlan _plan;

    public FaultPlanTests() => _plan = new FaultPlan(_time);

    [Fact]
    public void A_healthy_chain_admits_everything()
    {
        Assert.Equal(default, _plan.Admit(hasSend: true));
        Assert.Null(_plan.TakeRevert());
        Assert.Empty(_plan.InForce());
    }

    [Fact]
    public void Delays_are_counted()
    {
        _plan.Set(new FaultOrder(FaultKind.Delay) { Milliseconds = 20, Count = 2 });
        Assert.Equal(TimeSpan.FromMilliseconds(20), _plan.Admit(hasSend: false).Delay);
        Assert.Equal(["delay"], _plan.InForce());
        Assert.Equal(TimeSpan.FromMilliseconds(20), _plan.Admit(hasSend: true).Delay);
        Assert.Equal(TimeSpan.Zero, _plan.Admit(hasSend: true).Delay);
        Assert.Empty(_plan.InForce());
    }

    [Fact]
    public void Delays_without_a_count_stay()
    {
        _plan.Set(new FaultOrder(FaultKind.Delay) { Milliseconds = 20 });
        for (var i = 0; i < 1000; i++)
            Assert.Equal(TimeSpan.FromMilliseconds(20), _plan.Admit(hasSend: false).Delay);
    }

    [Fact]
    public void Dropped_answers_count_requests_with_a_send_only()
    {
        _plan.Set(new FaultOrder(FaultKind.DropAnswer) { Count = 2 });
        Assert.False(_plan.Admit(hasSend: false).DropAnswer);
        Assert.True(_plan.Admit(hasSend: true).DropAnswer);
        Assert.False(_plan.Admit(hasSend: false).DropAnswer);
        Assert.True(_plan.Admit(hasSend: true).DropAnswer);
        Assert.False(_plan.Admit(hasSend: true).DropAnswer);
    }

    [Fact]
    public void Reverts_are_taken_one_by_one_with_their_reason()
    {
        _plan.Set(new FaultOrder(FaultKind.Revert));
        Assert.Equal(FaultOrder.DefaultReason, _plan.TakeRevert());
        Assert.Null(_plan.TakeRevert());
        _plan.Set(new FaultOrder(FaultKind.Revert) { Count = 2, Reason = "because" });
        Assert.Equal("because", _plan.TakeRevert());
        Assert.Equal("because", _plan.TakeRevert());
        Assert.Null(_plan.TakeRevert());
    }

    [Fact]
    public void An_outage_ends_by_the_clock_or_by_word()
    {
        _plan.Set(new FaultOrder(FaultKind.Outage) { Milliseconds = 10 });
        Assert.True(_plan.Admit(hasSend: false).Unavailable);
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.True(_plan.Admit(hasSend: false).Unavailable);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(_plan.InForce());
        Assert.False(_plan.Admit(hasSend: false).Unavailable);

        _plan.Set(new FaultOrder(FaultKind.Outage));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(_plan.Admit(hasSend: false).Unavailable);
        _plan.Set(new FaultOrder(FaultKind.None));
        Assert.False(_plan.Admit(hasSend: false).Unavailable);
    }

    [Fact]
    public void An_outage_spends_no_other_fault()
    {
        _plan.Set(new FaultOrder(FaultKind.DropAnswer));
        _plan.Set(new FaultOrder(FaultKind.Delay) { Milliseconds = 5, Count = 1 });
        _plan.Set(new FaultOrder(FaultKind.Outage) { Milliseconds = 10 });
        Assert.Equal(new Admission(true, default, false), _plan.Admit(hasSend: true));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(new Admission(false, TimeSpan.FromMilliseconds(5), true), _plan.Admit(hasSend: true));
    }

    [Fact]
    public void A_reorganisation_is_not_the_plans_business() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _plan.Set(new FaultOrder(FaultKind.Reorg) { Blocks = 1 }));
}
