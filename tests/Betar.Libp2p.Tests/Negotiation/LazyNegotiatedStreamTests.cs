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
    public void A_stream_that_is_only_closed_proposes_all_the_same() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var stream = new LazyNegotiatedStream(await pair.Dialer.OpenStreamAsync(default), "/a", Options);

        await stream.CloseWriteAsync(default);

        var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
        Assert.Equal("/a", await MultistreamSelect.AnswerAsync(incoming, static _ => true, Options, default));
        Assert.Equal(0, await incoming.ReadAsync(new byte[1], default));
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
