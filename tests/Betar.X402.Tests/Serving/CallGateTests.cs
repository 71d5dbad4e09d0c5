using Betar.Tests.Shared;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Serving;

public class CallGateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task So_many_enter_so_many_wait_and_the_rest_is_turned_away()
    {
        using var gate = Gate(2, 1);
        Assert.True(await gate.TryEnterAsync(default));
        Assert.True(await gate.TryEnterAsync(default));
        var waiting = gate.TryEnterAsync(default).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.False(await gate.TryEnterAsync(default));
        gate.Leave();
        Assert.True(await waiting.Soon());
    }

    [Fact]
    public async Task A_place_in_the_queue_is_given_back_after_each_way_out_of_it()
    {
        using var gate = Gate(1, 1);
        Assert.True(await gate.TryEnterAsync(default));

        var tooLong = gate.TryEnterAsync(default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await tooLong.Soon());

        using var cancellation = new CancellationTokenSource();
        var cancelled = gate.TryEnterAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());

        var served = gate.TryEnterAsync(default).AsTask();
        gate.Leave();
        Assert.True(await served.Soon());
        gate.Leave();
        Assert.True(await gate.TryEnterAsync(default));
    }

    [Fact]
    public async Task Without_a_queue_the_next_is_turned_away_at_once()
    {
        using var gate = Gate(1, 0);
        Assert.True(await gate.TryEnterAsync(default));
        Assert.False(await gate.TryEnterAsync(default));
        gate.Leave();
        Assert.True(await gate.TryEnterAsync(default));
    }

    private CallGate Gate(int concurrent, int queued) => new(new X402ServerOptions { MaxQueued = queued }, concurrent, _time);
}
