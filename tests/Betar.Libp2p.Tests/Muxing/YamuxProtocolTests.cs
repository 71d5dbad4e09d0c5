using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>What the wire allows and what it does not, frame by frame.</summary>
public sealed class YamuxProtocolTests
{
    /// <summary>A whole header of twelve bytes that no correct peer writes, as hexadecimal.</summary>
    [Theory]
    [InlineData("010000000000000100000000", "another version")]
    [InlineData("000400000000000100000000", "an unknown type")]
    [InlineData("000000100000000100000000", "an unknown flag")]
    [InlineData("000000000000000000000000", "data for the session")]
    [InlineData("000100010000000000000000", "a window for the session")]
    [InlineData("000200010000000100000000", "a ping on a stream")]
    [InlineData("000300000000000100000000", "a goodbye on a stream")]
    [InlineData("000200000000000000000007", "a ping without direction")]
    [InlineData("000200030000000000000007", "a ping of both directions")]
    [InlineData("000200040000000000000007", "a ping that ends")]
    [InlineData("000200020000000000000007", "an answer to no ping")]
    [InlineData("000100010000000200000000", "a new stream with an id of ours")]
    [InlineData("000000010000000100040001", "more data than the first window")]
    public void A_frame_that_breaks_the_protocol_ends_the_session_with_code_1(string hex, string what) => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);

        await raw.SendAsync(Convert.FromHexString(hex));

        Assert.True((await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError)).Code == Libp2pError.Malformed, what);
    });

    [Fact]
    public void Two_streams_under_one_id_end_the_session() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 1, 0);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 1, 0);

        await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError);
    });

    [Fact]
    public void The_window_is_counted_over_frames_and_headers_are_not() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[YamuxOptions.InitialWindow / 2]);
        await raw.SendDataAsync(YamuxFlags.None, 1, new byte[YamuxOptions.InitialWindow / 2]);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.False(raw.Session.Completion.IsCompleted, "Exactly the window is allowed.");

        await raw.SendDataAsync(YamuxFlags.None, 1, [1]);

        await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError);
    });

    [Fact]
    public void Credit_that_cannot_be_counted_ends_the_session() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 1, uint.MaxValue - YamuxOptions.InitialWindow);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.False(raw.Session.Completion.IsCompleted);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.None, 1, 1);

        await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError);
    });

    [Fact]
    public void A_ping_is_answered_with_its_own_value() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);

        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 0xCAFEBABE);

        Assert.Equal(new YamuxHeader(YamuxFrameType.Ping, YamuxFlags.Ack, 0, 0xCAFEBABE), (await raw.ReadAsync()).Header);
    });

    [Fact]
    public void An_answer_with_another_value_than_the_ping_s_ends_the_session() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        var (ping, _) = await raw.ReadAsync();
        Assert.Equal((YamuxFrameType.Ping, YamuxFlags.Syn), (ping.Type, ping.Flags));

        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Ack, 0, ping.Length + 1);

        await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError);
    });

    [Fact]
    public void Frames_for_unknown_streams_are_ignored_and_their_payload_is_consumed() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.None, 77, new byte[1000]);
        await raw.SendDataAsync(YamuxFlags.Fin, 79, new byte[10]);
        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.None, 77, 5);
        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, 77, 3);

        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 1);

        Assert.Equal(YamuxFrameType.Ping, (await raw.ReadAsync()).Header.Type);
    });

    [Fact]
    public void Data_that_was_on_its_way_when_we_reset_is_ignored() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1, 2, 3]);
        (await raw.Session.AcceptStreamAsync(default))!.Reset();
        Assert.Equal(YamuxFlags.Rst, (await raw.ReadAsync()).Header.Flags & YamuxFlags.Rst);

        await raw.SendDataAsync(YamuxFlags.None, 1, new byte[1000]);
        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 9);

        Assert.Equal(9u, (await raw.ReadAsync()).Header.Length);
    });

    [Fact]
    public void The_first_frame_back_acknowledges_the_stream() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1]);
        var stream = (await raw.Session.AcceptStreamAsync(default))!;

        await stream.WriteAsync(new byte[] { 2 }, default);
        await stream.WriteAsync(new byte[] { 3 }, default);

        var (first, payload) = await raw.ReadAsync();
        Assert.Equal((YamuxFrameType.Data, YamuxFlags.Ack, 1u), (first.Type, first.Flags, first.StreamId));
        Assert.Equal([2], payload);
        Assert.Equal(YamuxFlags.None, (await raw.ReadAsync()).Header.Flags);
    });

    [Fact]
    public void A_new_stream_is_shown_by_its_first_data() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, sessionDials: true);
        var stream = await raw.Session.OpenStreamAsync(default);

        await stream.WriteAsync(new byte[] { 7 }, default);

        var (header, payload) = await raw.ReadAsync();
        Assert.Equal(new YamuxHeader(YamuxFrameType.Data, YamuxFlags.Syn, 1, 1), header);
        Assert.Equal([7], payload);
    });

    [Fact]
    public void A_frame_fills_four_Noise_messages_at_most_and_never_the_whole_first_window() => Simulated.Run(async run =>
    {
        // With its length and its mark a message of so many bytes is 64 KiB.
        const int most = (4 * 65_518) - 12;
        var raw = RawYamux.Create(run, sessionDials: true);
        var stream = await raw.Session.OpenStreamAsync(default);
        var writing = stream.WriteAsync(new byte[YamuxOptions.InitialWindow], default).AsTask();

        Assert.Equal((uint)most, (await raw.ReadAsync()).Header.Length);
        Assert.Equal((uint)(YamuxOptions.InitialWindow - most), (await raw.ReadAsync()).Header.Length);
        await writing;
    });

    [Fact]
    public void A_frame_of_the_whole_credit_is_accepted_and_may_end_the_stream_too() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, conditions: new() { LargestRead = 100, RandomReads = true, Capacity = 1024 });
        var sending = raw.SendDataAsync(YamuxFlags.Syn | YamuxFlags.Fin, 1, new byte[YamuxOptions.InitialWindow]).AsTask();
        var stream = (await raw.Session.AcceptStreamAsync(default))!;
        var read = 0;
        var buffer = new byte[10_000];
        while (await stream.ReadAsync(buffer, default) is var count and > 0)
            read += count;

        await sending;
        Assert.Equal(YamuxOptions.InitialWindow, read);
    });

    [Fact]
    public void Data_with_a_reset_is_thrown_away() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1]);
        var stream = (await raw.Session.AcceptStreamAsync(default))!;
        await raw.SendDataAsync(YamuxFlags.Rst, 1, new byte[500]);
        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 4);
        Assert.Equal(YamuxFrameType.Ping, (await raw.ReadAsync()).Header.Type);

        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(async () => await stream.ReadAsync(new byte[1], default))).Code);
    });

    [Fact]
    public void Data_after_the_end_of_a_stream_resets_that_stream_only() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn | YamuxFlags.Fin, 1, [1]);
        await raw.SendDataAsync(YamuxFlags.None, 1, [2]);

        Assert.Equal(YamuxFlags.Rst, (await raw.ReadAsync()).Header.Flags);
        Assert.False(raw.Session.Completion.IsCompleted);
    });

    [Fact]
    public void New_credit_comes_after_half_a_window_was_read_and_not_before() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[YamuxOptions.InitialWindow]);
        var stream = (await raw.Session.AcceptStreamAsync(default))!;
        // All of it has to be there: a reader that waits would say so to the peer.
        await run.Wait(TimeSpan.FromMilliseconds(1));
        await stream.ReadExactlyAsync(new byte[(YamuxOptions.InitialWindow / 2) - 1], default);
        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 1);
        Assert.Equal(YamuxFrameType.Ping, (await raw.ReadAsync()).Header.Type);

        await stream.ReadExactlyAsync(new byte[1], default);

        YamuxHeader header;
        do
            (header, _) = await raw.ReadAsync();
        while (header.Type == YamuxFrameType.Ping);
        Assert.Equal(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Ack, 1, YamuxOptions.InitialWindow / 2), header);
    });
}
