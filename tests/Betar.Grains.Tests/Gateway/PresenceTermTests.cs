using Betar.Grains.Gateway;
using Betar.Grains.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Grains.Tests.Gateway;

public sealed class PresenceTermTests
{
    private static readonly TimeSpan s_stopAfter = TimeSpan.FromSeconds(2);

    private readonly ManualTime _time = new();

    [Fact]
    public void A_term_is_held_until_it_is_too_old_to_be_sure_of()
    {
        using PresenceTerm term = Begin();

        _time.Advance(s_stopAfter - TimeSpan.FromTicks(1));
        Assert.True(term.IsHeld);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(term.IsHeld);
        Assert.False(term.Over.IsCancellationRequested);
    }

    [Fact]
    public void It_counts_from_the_question_and_not_from_the_answer()
    {
        TimeMark asked = TimeMark.Now(_time);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        using var term = new PresenceTerm(1, asked, s_stopAfter, _time, isOneClock: false);

        Assert.Equal(TimeSpan.FromSeconds(1.5), term.Unrenewed);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(term.IsHeld);
    }

    [Theory]
    [InlineData(0, 172_800, true, true)]
    [InlineData(0, 172_800, false, false)]
    [InlineData(0, -172_800, true, true)]
    [InlineData(0, -172_800, false, true)]
    [InlineData(2, 0, true, false)]
    [InlineData(2, -172_800, true, false)]
    public void A_calendar_that_jumps_ends_it_unless_the_store_counts_by_the_same_steady_clock(int steady, int calendar, bool isOneClock, bool isHeld)
    {
        var clocks = new TwoClocks();
        using var term = new PresenceTerm(1, TimeMark.Now(clocks), s_stopAfter, clocks, isOneClock);
        (clocks.Steady, clocks.Calendar) = (TimeSpan.FromSeconds(steady), TimeSpan.FromSeconds(calendar));

        Assert.Equal(isHeld, term.IsHeld);
    }

    [Fact]
    public void A_renewal_counts_from_when_it_was_asked_for()
    {
        using PresenceTerm term = Begin();
        _time.Advance(TimeSpan.FromSeconds(1));
        TimeMark asked = TimeMark.Now(_time);
        _time.Advance(TimeSpan.FromSeconds(0.5));

        term.Extend(asked);

        Assert.Equal(TimeSpan.FromSeconds(0.5), term.Unrenewed);
    }

    [Fact]
    public void A_renewal_that_comes_too_late_changes_nothing()
    {
        using PresenceTerm term = Begin();
        _time.Advance(s_stopAfter);

        term.Extend(TimeMark.Now(_time));

        Assert.False(term.IsHeld);
    }

    [Fact]
    public async Task Of_several_reasons_the_first_counts()
    {
        using PresenceTerm term = Begin();

        Assert.True(term.Finish(PresenceEnd.Taken));
        Assert.False(term.Finish(PresenceEnd.LetGo));

        Assert.Equal(PresenceEnd.Taken, await term.Ended);
        Assert.True(term.Over.IsCancellationRequested);
        Assert.False(term.IsHeld);
    }

    [Fact]
    public async Task Whoever_is_about_to_answer_ends_a_term_that_is_too_old()
    {
        using PresenceTerm term = Begin();
        term.ThrowIfOver();
        _time.Advance(s_stopAfter);

        Assert.Equal(term.Over, Assert.Throws<OperationCanceledException>(term.ThrowIfOver).CancellationToken);
        Assert.Equal(PresenceEnd.NotRenewed, await term.Ended);
    }

    private PresenceTerm Begin() => new(1, TimeMark.Now(_time), s_stopAfter, _time, isOneClock: false);
}
