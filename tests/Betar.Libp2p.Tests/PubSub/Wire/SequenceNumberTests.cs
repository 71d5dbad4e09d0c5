using Betar.Libp2p.PubSub.Wire;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.PubSub.Wire;

public sealed class SequenceNumberTests
{
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddSeconds(1_775_000_000));

    [Fact]
    public void They_are_nanoseconds_of_the_clock_and_grow_while_it_stands_still()
    {
        var numbers = new SequenceNumbers(0, _time);
        Assert.Equal([1_775_000_000_000_000_000UL, 1_775_000_000_000_000_001UL], [numbers.Next(), numbers.Next()]);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1_775_000_001_000_000_000UL, numbers.Next());
        Assert.Equal(1_775_000_001_000_000_000UL, numbers.Last);
    }

    [Fact]
    public void After_a_restart_they_are_above_those_before()
    {
        var before = new SequenceNumbers(0, _time);
        for (var i = 0; i < 1000; i++)
            before.Next();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(new SequenceNumbers(0, _time).Next() > before.Last);
    }

    [Fact]
    public void A_host_that_remembers_goes_on_above_that_although_its_clock_was_set_back()
    {
        var last = new SequenceNumbers(0, _time).Next();
        var earlier = new ManualTimeProvider(DateTimeOffset.UnixEpoch.AddSeconds(1));
        Assert.Equal(last + 1, new SequenceNumbers(last, earlier).Next());
    }
}
