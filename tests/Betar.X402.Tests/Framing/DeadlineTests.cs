using Betar.Tests.Shared;
using Betar.X402.Framing;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Framing;

public class DeadlineTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_passes_at_its_moment_and_not_before()
    {
        using var deadline = new Deadline(TimeSpan.FromSeconds(3), _time, default);
        _time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.False(deadline.HasPassed);
        Assert.False(deadline.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(deadline.HasPassed);
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void The_callers_cancellation_is_passed_on_and_is_not_the_deadline()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new Deadline(TimeSpan.FromSeconds(3), _time, caller.Token);
        caller.Cancel();
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.HasPassed);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void A_caller_that_was_cancelled_before_is_cancelled_at_once()
    {
        using var deadline = new Deadline(TimeSpan.FromSeconds(3), _time, new CancellationToken(canceled: true));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void Disposing_takes_the_timer_away()
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(3), _time, default);
        Assert.Equal(1, _time.ArmedTimers);
        deadline.Dispose();
        Assert.Equal(0, _time.ArmedTimers);
    }
}
