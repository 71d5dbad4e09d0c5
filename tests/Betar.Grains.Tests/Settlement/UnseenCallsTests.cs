using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Settlement;

public sealed class UnseenCallsTests
{
    private readonly Queue<ulong> _counts = [];

    private UnseenCalls Unseen => field ??= new UnseenCalls(new ScriptedChain { Count = () => Task.FromResult(_counts.Dequeue()) }, Samples.Payee);

    [Fact]
    public async Task What_was_sent_may_wait_until_its_nonce_is_taken()
    {
        Unseen.Sent("a", 5);
        Assert.True(await MayWaitAsync("a", 5, 5));
        Assert.False(await MayWaitAsync("b", 5));
        Assert.False(await MayWaitAsync("a", 6));
    }

    [Fact]
    public async Task What_was_seen_or_never_had_a_nonce_does_not()
    {
        Unseen.Sent("a", 5);
        Unseen.Seen("a");
        Assert.False(await MayWaitAsync("a", 5, 5));
        Unseen.Sent("a", null);
        Assert.False(await MayWaitAsync("a", 5));
    }

    /// <summary>Whose they are, nobody remembers: they may be anything's.</summary>
    [Fact]
    public async Task What_waited_before_our_start_holds_everything_back()
    {
        Assert.True(await MayWaitAsync("a", 7, 5));
        Assert.True(await MayWaitAsync("a", 6));
        Assert.False(await MayWaitAsync("a", 7));
    }

    private Task<bool> MayWaitAsync(string name, params ulong[] counts)
    {
        foreach (ulong count in counts)
            _counts.Enqueue(count);
        return Unseen.MayWaitAsync(name);
    }
}
