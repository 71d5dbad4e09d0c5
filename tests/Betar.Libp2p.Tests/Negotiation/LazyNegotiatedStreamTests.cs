using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Negotiation;

public sealed class LazyNegotiatedStreamTests
{
    private static readonly MultistreamOptions Options = MultistreamOptions.Default;

    [Fact]
    public void Proposal_and_first_bytes_travel_in_one_frame() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, sessionDials: true);
        var stream = new LazyNegotiatedStream(await raw.Session.OpenStreamAsync(default), "/a", Options);

        await stream.WriteAsync("hi"u8.ToArray(), default);
        await stream.WriteAsync("!"u8.ToArray(), default);

        byte[] first = [.. MultistreamMessage.Encode(MultistreamMessage.Header, "/a"), .. "hi"u8];
        Assert.Equal(first, (await raw.ReadAsync()).Payload);
        Assert.Equal("!"u8.ToArray(), (await raw.ReadAsync()).Payload);
    });

    [Fact]
    public void A_stream_that_is_only_read_proposes_all_the_same() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var serving = run.Start(async () =>
        {
            var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
            Assert.Equal("/a", await MultistreamSelect.AnswerAsync(incoming, static _ => true, Options, default));
            await incoming.WriteAsync("news"u8.ToArray(), default);
        });
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);

        var news = new byte[4];
        await stream.ReadExactlyAsync(news, default);

        Assert.Equal("news"u8.ToArray(), news);
        await serving;
    });

    [Fact]
    public void What_is_written_waits_for_the_reader_s_proposal_when_the_queue_is_full() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run, new() { Capacity = 1024 }, new YamuxOptions { MaxQueuedBytes = 4096 });
        var (other, _) = await pair.OpenAsync();
        var filling = other.WriteAsync(new byte[20_000], default).AsTask();
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);

        var reading = stream.ReadAsync(new byte[1], default).AsTask();
        var writing = stream.WriteAsync("hello"u8.ToArray(), default).AsTask();

        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        Assert.Equal("/a", await MultistreamSelect.AnswerAsync(incoming, static _ => true, Options, default));
        var words = new byte[5];
        await incoming.ReadExactlyAsync(words, default);
        await incoming.WriteAsync(words.AsMemory(0, 1), default);

        Assert.Equal("hello"u8.ToArray(), words);
        Assert.Equal(1, await reading);
        await writing;
        other.Reset();
        Assert.True((await Record.ExceptionAsync(() => filling)) is null or Libp2pException);
    });

    [Fact]
    public void A_stream_that_is_only_closed_proposes_all_the_same() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);

        var closing = stream.CloseWriteAsync(default).AsTask();

        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        Assert.Equal("/a", await MultistreamSelect.AnswerAsync(incoming, static _ => true, Options, default));
        Assert.Equal(0, await incoming.ReadAsync(new byte[1], default));
        await closing;
    });

    [Fact]
    public void The_end_waits_for_the_answer() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, sessionDials: true);
        var stream = new LazyNegotiatedStream(await raw.Session.OpenStreamAsync(default), "/a", Options);
        await stream.WriteAsync("hi"u8.ToArray(), default);

        var closing = stream.CloseWriteAsync(default).AsTask();
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(YamuxFlags.None, (await raw.ReadAsync()).Header.Flags & YamuxFlags.Fin);
        Assert.False(closing.IsCompleted);
    });

    [Fact]
    public void A_reader_and_a_closer_wait_for_one_answer() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);
        await stream.WriteAsync("hi"u8.ToArray(), default);
        var heard = new byte[2];
        var reading = stream.ReadExactlyAsync(heard, default).AsTask();
        var closing = stream.CloseWriteAsync(default).AsTask();
        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        Assert.Equal("/a", await MultistreamSelect.AnswerAsync(incoming, static _ => true, Options, default));
        await incoming.ReadExactlyAsync(new byte[2], default);
        Assert.Equal(0, await incoming.ReadAsync(new byte[1], default));
        await incoming.WriteAsync("ho"u8.ToArray(), default);

        await closing;
        await reading;
        Assert.Equal("ho"u8.ToArray(), heard);
    });

    [Fact]
    public void A_refusal_is_told_to_who_only_closes() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);
        var closing = stream.CloseWriteAsync(default).AsTask();
        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        await incoming.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, "na"), default);

        Assert.Equal(Libp2pError.UnknownProtocol, (await Assert.ThrowsAsync<Libp2pException>(() => closing)).Code);
    });

    [Fact]
    public void A_broken_off_choice_resets_the_stream_and_tells_both() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);
        using var cancel = new CancellationTokenSource();
        var closing = stream.CloseWriteAsync(cancel.Token).AsTask();
        var reading = stream.ReadAsync(new byte[1], default).AsTask();

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(() => reading)).Code);
    });

    [Theory]
    [InlineData("na", Libp2pError.UnknownProtocol)]
    [InlineData("/b", Libp2pError.Malformed)]
    public void A_refusal_shows_at_the_first_read_and_resets_the_stream(string answer, Libp2pError code) => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);
        await stream.WriteAsync(new byte[1], default);
        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        await incoming.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, answer), default);

        Assert.Equal(code, (await Assert.ThrowsAsync<Libp2pException>(async () => await stream.ReadAsync(new byte[1], default))).Code);

        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, pair.Listener.StreamCount);
    });

    [Fact]
    public void Reader_and_writer_that_start_together_propose_once() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        MuxedStream stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);
        var heard = new byte[1];
        var reading = stream.ReadExactlyAsync(heard, default).AsTask();
        await stream.WriteAsync(new byte[] { 6 }, default);
        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        Assert.Equal("/a", await MultistreamSelect.AnswerAsync(incoming, static _ => true, Options, default));
        var got = new byte[1];
        await incoming.ReadExactlyAsync(got, default);
        await incoming.WriteAsync(got, default);

        await reading;
        Assert.Equal(6, heard[0]);
    });
}
