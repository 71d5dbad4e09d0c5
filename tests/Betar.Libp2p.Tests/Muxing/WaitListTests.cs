using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Tests.Muxing;

public sealed class WaitListTests
{
    private readonly WaitList _list = new();

    [Fact]
    public async Task All_who_wait_are_woken_once()
    {
        var waiting = Enumerable.Range(0, 3).Select(_ => _list.AddAsync(default)).ToArray();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);

        _list.WakeAll();

        await Task.WhenAll(waiting);
        Assert.False(_list.AddAsync(default).IsCompleted);
    }

    [Fact]
    public void Waking_nobody_is_not_remembered()
    {
        _list.WakeAll();
        Assert.False(_list.AddAsync(default).IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_is_told_so_and_the_others_still_wait()
    {
        using var cancel = new CancellationTokenSource();
        var (one, other) = (_list.AddAsync(cancel.Token), _list.AddAsync(default));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(other.IsCompleted);
        _list.WakeAll();
        await other;
    }

    [Fact]
    public async Task Who_has_given_up_before_does_not_wait()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _list.AddAsync(new CancellationToken(canceled: true)));
        _list.WakeAll();
    }

    [Fact]
    public async Task Whoever_waits_again_while_being_woken_waits_for_the_next_time()
    {
        var rounds = 0;
        async Task LoopAsync()
        {
            for (; rounds < 3; rounds++)
                await _list.AddAsync(default);
        }

        var looping = LoopAsync();
        while (!looping.IsCompleted)
        {
            _list.WakeAll();
            await Task.Yield();
        }

        await looping;
        Assert.Equal(3, rounds);
    }
}
