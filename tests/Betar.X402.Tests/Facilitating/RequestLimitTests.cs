using Betar.Tests.Shared;
using Betar.X402.Facilitating;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Facilitating;

public sealed class RequestLimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void So_many_a_minute_and_then_the_rest_of_the_minute_to_wait()
    {
        var limit = new RequestLimit<string>(2, 10, _time);
        Assert.Null(limit.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(limit.Take("a"));

        Assert.Equal(TimeSpan.FromSeconds(40), limit.Take("a"));
        Assert.Null(limit.Take("b"));
        _time.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), limit.Take("a"));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(limit.Take("a"));
    }

    [Fact]
    public void Who_comes_under_many_names_shares_one_count_with_all_others_who_are_new()
    {
        var limit = new RequestLimit<int>(2, 3, _time);
        for (var known = 0; known < 3; known++)
            Assert.Null(limit.Take(known));

        var taken = Enumerable.Range(100, 50).Count(name => limit.Take(name) is null);

        Assert.Equal(2, taken);
        Assert.Null(limit.Take(0));
    }

    [Fact]
    public void Names_whose_minute_is_over_make_room()
    {
        var limit = new RequestLimit<int>(1, 2, _time);
        limit.Take(1);
        limit.Take(2);
        limit.Take(3);
        Assert.NotNull(limit.Take(4));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(limit.Take(4));
        Assert.Null(limit.Take(5));
        Assert.NotNull(limit.Take(5));
    }
}
