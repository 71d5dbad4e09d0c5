using Betar.Libp2p.Buffers;

namespace Betar.Libp2p.Tests.Buffers;

public sealed class IncomingBytesTests
{
    [Fact]
    public async Task A_waiting_reader_gets_the_bytes_straight_and_the_rest_is_kept()
    {
        var bytes = new IncomingBytes();
        var target = new byte[3];
        var reading = bytes.ReadAsync(target, default);

        Assert.Equal(3, bytes.Deliver([1, 2, 3, 4, 5]));

        Assert.Equal(3, await reading);
        Assert.Equal([1, 2, 3], target);
        Assert.Equal(2, bytes.Length);
        Assert.Equal(2, await bytes.ReadAsync(target, default));
        Assert.Equal([4, 5, 3], target);
    }

    [Fact]
    public async Task A_read_into_nothing_waits_for_something_and_takes_nothing()
    {
        var bytes = new IncomingBytes();
        var waiting = bytes.ReadAsync(Memory<byte>.Empty, default).AsTask();
        Assert.False(waiting.IsCompleted);

        Assert.Equal(0, bytes.Deliver([7]));

        Assert.Equal(0, await waiting);
        Assert.Equal(1, bytes.Length);
        Assert.Equal(0, await bytes.ReadAsync(Memory<byte>.Empty, default));
    }

    [Fact]
    public async Task The_end_comes_after_what_was_kept_and_nothing_after_the_end()
    {
        var bytes = new IncomingBytes();
        bytes.Deliver([1]);
        bytes.End();
        Assert.Equal(0, bytes.Deliver([2]));

        Assert.Equal(1, await bytes.ReadAsync(new byte[9], default));
        Assert.Equal(0, await bytes.ReadAsync(new byte[9], default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fault_throws_the_kept_bytes_away_or_lets_them_be_read_first(bool discard)
    {
        var bytes = new IncomingBytes();
        bytes.Deliver([1]);
        bytes.Fail(static () => new IOException("gone"), discard);

        if (!discard)
            Assert.Equal(1, await bytes.ReadAsync(new byte[9], default));
        await Assert.ThrowsAsync<IOException>(async () => await bytes.ReadAsync(new byte[9], default));
        Assert.Equal(0, bytes.Deliver([2]));
    }

    [Fact]
    public async Task An_end_is_not_spoilt_by_a_later_fault_unless_that_throws_everything_away()
    {
        var bytes = new IncomingBytes();
        bytes.End();
        bytes.Fail(static () => new IOException("gone"), discard: false);
        Assert.Equal(0, await bytes.ReadAsync(new byte[1], default));

        bytes.Fail(static () => new IOException("gone"), discard: true);
        await Assert.ThrowsAsync<IOException>(async () => await bytes.ReadAsync(new byte[1], default));
    }

    [Fact]
    public async Task Those_who_wait_hear_of_end_fault_and_cancellation()
    {
        var ended = new IncomingBytes();
        var reading = ended.ReadAsync(new byte[1], default);
        ended.End();
        Assert.Equal(0, await reading);

        var broken = new IncomingBytes();
        var failing = broken.ReadAsync(new byte[1], default).AsTask();
        broken.Fail(static () => new IOException("gone"), discard: true);
        await Assert.ThrowsAsync<IOException>(() => failing);

        var cancelled = new IncomingBytes();
        using var cancel = new CancellationTokenSource();
        var waiting = cancelled.ReadAsync(new byte[1], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, cancelled.Deliver([1]));
        Assert.Equal(1, await cancelled.ReadAsync(new byte[1], default));
    }

    [Fact]
    public async Task A_signal_is_kept_once_for_the_next_who_waits()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();
        await signal.WaitAsync();
        var waiting = signal.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => { _ = signal.WaitAsync().AsTask(); });

        signal.Set();
        await waiting;
        using var cancel = new CancellationTokenSource();
        var again = signal.WaitAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
    }
}
