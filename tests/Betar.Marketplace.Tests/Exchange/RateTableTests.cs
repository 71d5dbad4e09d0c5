using Betar.Marketplace.Exchange;
using Betar.Marketplace.Tests.Support;
using Betar.Orleans.Testing;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class RateTableTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Somebody _one = new(1);
    private readonly Somebody _two = new(2);
    private readonly Somebody _three = new(3);

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _three.Dispose();
    }

    [Fact]
    public void A_burst_and_then_one_at_a_time()
    {
        var rates = new RateTable(3, TimeSpan.FromSeconds(1), 10, _time);

        Assert.True(rates.TryTake(_one.Peer, 3));
        Assert.False(rates.TryTake(_one.Peer));
        Assert.True(rates.TryTake(_two.Peer));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rates.TryTake(_one.Peer));
        Assert.False(rates.TryTake(_one.Peer));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(rates.TryTake(_one.Peer, 3));
        Assert.False(rates.TryTake(_one.Peer));
    }

    [Fact]
    public void What_cannot_be_had_costs_nothing()
    {
        var rates = new RateTable(3, TimeSpan.FromSeconds(1), 10, _time);

        Assert.False(rates.TryTake(_one.Peer, 4));
        Assert.True(rates.TryTake(_one.Peer, 3));
    }

    [Fact]
    public void Fractions_are_not_lost_by_asking_often()
    {
        var rates = new RateTable(1, TimeSpan.FromSeconds(1), 10, _time);
        Assert.True(rates.TryTake(_one.Peer));
        for (var i = 0; i < 9; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.False(rates.TryTake(_one.Peer));
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(rates.TryTake(_one.Peer));
    }

    [Fact]
    public void So_many_are_remembered_and_who_was_not_heard_for_longest_is_forgotten()
    {
        var rates = new RateTable(1, TimeSpan.FromSeconds(1), 2, _time);
        Assert.True(rates.TryTake(_one.Peer));
        Assert.True(rates.TryTake(_two.Peer));
        Assert.False(rates.TryTake(_one.Peer));

        Assert.True(rates.TryTake(_three.Peer));

        Assert.Equal(2, rates.Count);
        Assert.False(rates.TryTake(_one.Peer));
        Assert.True(rates.TryTake(_two.Peer));
    }
}
