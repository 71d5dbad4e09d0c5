using Betar.Libp2p.Discovery.Exchange;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Discovery.Exchange;

public sealed class LastTimesTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly LastTimes _times;

    public LastTimesTests() => _times = new LastTimes(TimeSpan.FromSeconds(10), 3, _time);

    [Fact]
    public void One_peer_has_to_wait_and_others_have_not()
    {
        Assert.True(_times.TryTake(Somebody.Id(1)));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(_times.TryTake(Somebody.Id(1)));
        Assert.True(_times.TryTake(Somebody.Id(2)));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(_times.TryTake(Somebody.Id(1)));
    }

    [Fact]
    public void With_too_many_newcomers_wait_until_somebodys_time_is_over()
    {
        for (byte i = 1; i <= 3; i++)
            Assert.True(_times.TryTake(Somebody.Id(i)));
        Assert.False(_times.TryTake(Somebody.Id(4)));
        Assert.Equal(3, _times.Count);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_times.TryTake(Somebody.Id(4)));
        Assert.Equal(1, _times.Count);
    }

    [Fact]
    public void Who_is_known_is_not_kept_out_by_those_who_are_too_many()
    {
        for (byte i = 1; i <= 3; i++)
            _times.TryTake(Somebody.Id(i));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(_times.TryTake(Somebody.Id(2)));
        Assert.Equal(3, _times.Count);
    }
}
