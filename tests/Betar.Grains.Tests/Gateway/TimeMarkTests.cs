using Betar.Grains.Gateway;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Gateway;

public sealed class TimeMarkTests
{
    private readonly TwoClocks _time = new();

    [Theory]
    [InlineData(3, 3, 3)]
    [InlineData(1, 5, 5)]
    [InlineData(5, 1, 5)]
    [InlineData(5, -60, 5)]
    public void What_has_passed_is_the_longer_of_the_two_clocks(int steady, int calendar, int passed)
    {
        TimeMark mark = TimeMark.Now(_time);

        (_time.Steady, _time.Calendar) = (TimeSpan.FromSeconds(steady), TimeSpan.FromSeconds(calendar));

        Assert.Equal(TimeSpan.FromSeconds(passed), mark.Elapsed(_time));
    }
}
