using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Muxing;

public sealed class YamuxStreamTests
{
    [Fact]
    public void Bytes_go_both_ways_and_each_way_ends_by_itself() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();

        await left.WriteAsync("ask"u8.ToArray(), default);
        await left.CloseWriteAsync(default);
        var asked = new byte[3];
        await right.ReadExactlyAsync(asked, default);
        Assert.Equal("ask"u8.ToArray(), asked);
        Assert.Equal(0, await right.ReadAsync(new byte[8], default));

        // The asker has ended its side and still hears the answer.
        await right.WriteAsync("answer"u8.ToArray(), default);
        await right.CloseWriteAsync(default);
        var answered = new byte[6];
        await left.ReadExactlyAsync(answered, default);
        Assert.Equal("answer"u8.ToArray(), answered);
        Assert.Equal(0, await left.ReadAsync(new byte[8], default));
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, pair.Dialer.StreamCount);
        Assert.Equal(0, pair.Listener.StreamCount);
    });

    [Fact]
    public void Ids_are_odd_for_the_dialer_and_even_for_the_listener() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);

        uint[] dialled = [(await pair.Dialer.OpenStreamAsync(default)).Id, (await pair.Dialer.OpenStreamAsync(default)).Id];
        uint[] listened = [(await pair.Listener.OpenStreamAsync(default)).Id, (await pair.Listener.OpenStreamAsync(default)).Id];

        Assert.Equal([1u, 3u], dialled);
        Assert.Equal([2u, 4u], listened);
    });

    [Fact]
    public void More_than_a_window_waits_for_the_reader_and_arrives_whole() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        var sent = new byte[3 * YamuxOptions.InitialWindow];
        new Random(1).NextBytes(sent);

        var writing = left.WriteAsync(sent, default).AsTask();
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.False(writing.IsCompleted, "A write must not run ahead of the credit.");

        var read = new byte[sent.Length];
        await right.ReadExactlyAsync(read, default);
        await writing;
        Assert.Equal(sent, read);
    });

    [Fact]
    public void A_reset_ends_both_directions_for_both() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        var reading = right.ReadAsync(new byte[1], default).AsTask();

        left.Reset();

        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(() => reading)).Code);
        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.WriteAsync(new byte[1], default))).Code);
        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(async () => await left.ReadAsync(new byte[1], default))).Code);
        Assert.Equal(0, pair.Dialer.StreamCount);
        Assert.Equal(0, pair.Listener.StreamCount);
    });

    [Fact]
    public void A_reset_frees_a_writer_that_waits_for_credit() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        var writing = left.WriteAsync(new byte[YamuxOptions.InitialWindow * 2], default).AsTask();
        await run.Wait(TimeSpan.FromMilliseconds(1));

        right.Reset();

        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(() => writing)).Code);
    });

    [Fact]
    public void What_was_not_read_before_a_reset_is_lost() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        await left.WriteAsync(new byte[100], default);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        left.Reset();
        await run.Wait(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReadAsync(new byte[1], default));
    });

    [Fact]
    public void A_cancelled_read_or_write_leaves_the_stream_usable() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        using var cancel = new CancellationTokenSource();
        var reading = right.ReadAsync(new byte[1], cancel.Token).AsTask();
        var writing = left.WriteAsync(new byte[YamuxOptions.InitialWindow + 100], cancel.Token).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await reading;
            cancel.Cancel();
            await writing;
        });

        using var again = new CancellationTokenSource();
        var idle = left.ReadAsync(new byte[1], again.Token).AsTask();
        again.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => idle);

        var rest = new byte[YamuxOptions.InitialWindow - 2];
        await right.ReadExactlyAsync(rest, default);
        await right.WriteAsync(new byte[] { 9 }, default);
        var answer = new byte[1];
        await left.ReadExactlyAsync(answer, default);
        Assert.Equal(9, answer[0]);
    });

    [Fact]
    public void Disposing_says_goodbye_and_the_answer_still_arrives() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();

        await right.WriteAsync("late"u8.ToArray(), default);
        await right.DisposeAsync();

        var answer = new byte[4];
        await left.ReadExactlyAsync(answer, default);
        Assert.Equal(0, await left.ReadAsync(new byte[1], default));
        await left.DisposeAsync();
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, pair.Listener.StreamCount);
    });

    [Fact]
    public void A_disposed_stream_whose_peer_never_ends_is_reset_in_the_end() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();

        await right.DisposeAsync();
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, pair.Listener.StreamCount);
        await run.Wait(YamuxOptions.Default.StreamLinger + (YamuxOptions.Default.CheckInterval * 2));

        Assert.Equal(0, pair.Listener.StreamCount);
        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(async () => await left.WriteAsync(new byte[1], default))).Code);
    });

    [Fact]
    public void Disposing_while_a_write_waits_is_a_reset_and_no_lie_about_the_end() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        var writing = left.WriteAsync(new byte[YamuxOptions.InitialWindow * 2], default).AsTask();
        await run.Wait(TimeSpan.FromMilliseconds(1));

        await left.DisposeAsync();

        await Assert.ThrowsAsync<Libp2pException>(() => writing);
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReadAsync(new byte[1], default))).Code);
    });

    [Fact]
    public void A_stream_that_was_never_used_is_never_shown() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var before = pair.Up.Written;

        var stream = await pair.Dialer.OpenStreamAsync(default);
        await stream.DisposeAsync();
        (await pair.Dialer.OpenStreamAsync(default)).Reset();

        Assert.Equal(before, pair.Up.Written);
        Assert.Equal(0, pair.Dialer.StreamCount);
    });

    [Fact]
    public void A_stream_that_is_only_read_is_shown_all_the_same() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = await pair.Dialer.OpenStreamAsync(default);

        var reading = stream.ReadAsync(new byte[1], default);
        var other = await pair.Listener.AcceptStreamAsync(default);
        await other!.WriteAsync(new byte[] { 5 }, default);

        Assert.Equal(1, await reading);
    });

    [Fact]
    public void A_stream_on_which_nothing_moves_is_reset_unless_its_protocol_is_quiet() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (idle, _) = await pair.OpenAsync();
        var (quiet, quietIn) = await pair.OpenAsync();
        quiet.IdleTimeout = quietIn.IdleTimeout = Timeout.InfiniteTimeSpan;

        await run.Wait(YamuxOptions.Default.StreamIdleTimeout + (YamuxOptions.Default.CheckInterval * 2));

        await Assert.ThrowsAsync<Libp2pException>(async () => await idle.WriteAsync(new byte[1], default));
        await quiet.WriteAsync(new byte[] { 7 }, default);
        Assert.Equal(1, await quietIn.ReadAsync(new byte[1], default));
    });

    [Fact]
    public void Two_reads_or_two_writes_at_once_are_a_fault_of_the_caller() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, _) = await pair.OpenAsync();
        var reading = left.ReadAsync(new byte[1], default).AsTask();
        var writing = left.WriteAsync(new byte[YamuxOptions.InitialWindow * 2], default).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await left.ReadAsync(new byte[1], default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await left.WriteAsync(new byte[1], default));

        left.Reset();
        await Assert.ThrowsAsync<Libp2pException>(() => reading);
        await Assert.ThrowsAsync<Libp2pException>(() => writing);
    });
}
