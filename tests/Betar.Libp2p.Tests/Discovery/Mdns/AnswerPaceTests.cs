using Betar.Libp2p.Discovery.Mdns;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Discovery.Mdns;

public sealed class AnswerPaceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly AnswerPace _pace;

    public AnswerPaceTests() => _pace = new AnswerPace(TimeSpan.FromSeconds(1), _time);

    [Fact]
    public void The_first_answers_at_once()
    {
        Assert.True(_pace.IsFresh);
        Assert.True(_pace.TryEnter(out _));
        Assert.False(_pace.IsFresh);
    }

    [Fact]
    public void The_next_waits_for_the_rest_of_the_pause_and_answers_for_all_who_come_meanwhile()
    {
        _pace.TryEnter(out _);
        _time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.False(_pace.TryEnter(out var wait));
        Assert.Equal(TimeSpan.FromMilliseconds(700), wait);
        Assert.False(_pace.TryEnter(out var other));
        Assert.Null(other);
        _time.Advance(TimeSpan.FromMilliseconds(700));
        _pace.Waited();
        Assert.False(_pace.TryEnter(out wait));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);
    }

    [Fact]
    public void After_the_pause_it_is_as_at_first()
    {
        _pace.TryEnter(out _);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_pace.TryEnter(out _));
    }
}
