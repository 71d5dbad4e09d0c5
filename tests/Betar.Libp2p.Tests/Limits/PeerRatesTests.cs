using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Limits;

public sealed class PeerRatesTests
{
    private static readonly PeerId s_one = Peer(1);
    private static readonly PeerId s_two = Peer(2);
    private static readonly PeerId s_three = Peer(3);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_burst_and_then_one_at_a_time()
    {
        var rates = new PeerRates(1, 3, 10, _time);

        Assert.True(rates.TryTake(s_one, 3));
        Assert.False(rates.TryTake(s_one));
        Assert.True(rates.TryTake(s_two));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rates.TryTake(s_one));
        Assert.False(rates.TryTake(s_one));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(rates.TryTake(s_one, 3));
        Assert.False(rates.TryTake(s_one));
    }

    [Fact]
    public void What_cannot_be_had_costs_nothing()
    {
        var rates = new PeerRates(1, 3, 10, _time);

        Assert.False(rates.TryTake(s_one, 4));
        Assert.True(rates.TryTake(s_one, 3));
    }

    [Fact]
    public void Fractions_are_not_lost_by_asking_often()
    {
        var rates = new PeerRates(1, 1, 10, _time);
        Assert.True(rates.TryTake(s_one));
        for (var i = 0; i < 9; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.False(rates.TryTake(s_one));
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(rates.TryTake(s_one));
    }

    [Fact]
    public void So_many_are_remembered_and_who_was_not_heard_for_longest_is_forgotten()
    {
        var rates = new PeerRates(1, 1, 2, _time);
        Assert.True(rates.TryTake(s_one));
        Assert.True(rates.TryTake(s_two));
        Assert.False(rates.TryTake(s_one));

        Assert.True(rates.TryTake(s_three));

        Assert.Equal(2, rates.Count);
        Assert.False(rates.TryTake(s_one));
        Assert.True(rates.TryTake(s_two));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(3600)]
    public void Less_than_one_a_second_is_one_after_its_time(int seconds)
    {
        var rates = new PeerRates(1.0 / seconds, 1, 10, _time);
        Assert.True(rates.TryTake(s_one));
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(rates.TryTake(s_one));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(rates.TryTake(s_one));
    }

    [Fact]
    public void Whoever_is_forgotten_is_counted()
    {
        var forgotten = 0;
        var rates = new PeerRates(1, 1, 1, _time, () => forgotten++);
        rates.TryTake(s_one);
        rates.TryTake(s_two);
        rates.TryTake(s_two);
        rates.TryTake(s_one);

        Assert.Equal((2, 1), (forgotten, rates.Count));
    }

    private static PeerId Peer(byte seed)
    {
        using var key = IdentityKey.FromEd25519Seed([.. Enumerable.Repeat(seed, 32)]);
        return key.PeerId;
    }
}
