using Betar.Tests.Shared;
using Betar.X402.Framing;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Framing;

public sealed class FrameReaderTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedStream _stream = new();
    private readonly FrameLimits _limits = new() { MaxDataLength = 200_000 };

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task A_frame_in_one_piece()
    {
        _stream.Feed(FrameCodec.Encode("x402.request", "data"u8));
        await AssertFrameAsync(Reader(), "x402.request", "data"u8.ToArray());
    }

    [Fact]
    public async Task A_frame_byte_by_byte()
    {
        _stream.FeedByteByByte(FrameCodec.Encode("x402.request", "data"u8));
        await AssertFrameAsync(Reader(), "x402.request", "data"u8.ToArray());
    }

    [Fact]
    public async Task Several_frames_in_one_piece_and_a_frame_without_data()
    {
        _stream.Feed([.. FrameCodec.Encode("a", "1"u8), .. FrameCodec.Encode("b", []), .. FrameCodec.Encode("c", "33"u8)]);
        _stream.FeedEnd();
        var reader = Reader();
        await AssertFrameAsync(reader, "a", "1"u8.ToArray());
        await AssertFrameAsync(reader, "b", []);
        await AssertFrameAsync(reader, "c", "33"u8.ToArray());
        await AssertStatusAsync(reader, FrameReadStatus.Closed);
    }

    [Fact]
    public async Task Random_pieces_of_random_frames()
    {
        const int seed = 11;
        var random = new Random(seed);
        var frames = Enumerable.Range(0, 60).Select(i =>
        {
            var data = new byte[random.Next(4) == 0 ? random.Next(200_000) : random.Next(300)];
            random.NextBytes(data);
            return (Type: new string('t', random.Next(1, 129)), Data: data);
        }).ToList();
        var bytes = frames.SelectMany(frame => FrameCodec.Encode(frame.Type, frame.Data)).ToArray();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(5) == 0 ? random.Next(1, 9000) : random.Next(1, 100_000));
            _stream.Feed(bytes[at..(at + length)]);
            at += length;
        }

        var reader = Reader();
        foreach (var (type, data) in frames)
        {
            await AssertFrameAsync(reader, type, data);
        }
    }

    [Fact]
    public async Task The_longest_header_after_a_nearly_full_buffer()
    {
        var first = FrameCodec.Encode("a", new byte[4096 - 7 - 3]);
        var second = FrameCodec.Encode(new string('t', 128), "end"u8);
        _stream.Feed([.. first, .. second[..3]], second[3..]);
        var reader = Reader();
        await AssertFrameAsync(reader, "a", new byte[4096 - 10]);
        await AssertFrameAsync(reader, new string('t', 128), "end"u8.ToArray());
    }

    [Fact]
    public async Task The_end_between_frames_is_a_close()
    {
        _stream.FeedEnd();
        await AssertStatusAsync(Reader(), FrameReadStatus.Closed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(14)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(21)]
    public async Task The_end_inside_a_frame_is_a_truncation(int length)
    {
        _stream.Feed(FrameCodec.Encode("x402.request", "data"u8)[..length]);
        _stream.FeedEnd();
        await AssertStatusAsync(Reader(), FrameReadStatus.Truncated);
    }

    [Fact]
    public async Task A_broken_connection_is_an_end()
    {
        _stream.Broken = true;
        await AssertStatusAsync(Reader(), FrameReadStatus.Closed);
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("0081")]
    [InlineData("ffff")]
    [InlineData("0001ff00000000")]
    [InlineData("0002c32800000000")]
    public async Task A_type_of_the_wrong_length_or_not_utf8(string hex)
    {
        _stream.Feed(Convert.FromHexString(hex));
        await AssertStatusAsync(Reader(), FrameReadStatus.Malformed);
    }

    [Fact]
    public async Task Data_of_exactly_the_limit_is_read()
    {
        var data = new byte[_limits.MaxDataLength];
        _stream.Feed(FrameCodec.Encode("a", data));
        await AssertFrameAsync(Reader(), "a", data);
    }

    [Theory]
    [InlineData("00016100030d41")]
    [InlineData("00016180000000")]
    [InlineData("000161ffffffff")]
    public async Task Announced_data_beyond_the_limit_is_refused_before_any_of_it_came(string header)
    {
        _stream.Feed(Convert.FromHexString(header));
        await AssertStatusAsync(Reader(), FrameReadStatus.TooLarge);
    }

    [Fact]
    public async Task Memory_grows_with_the_bytes_that_came_not_with_the_length_announced()
    {
        var reader = new FrameReader(_stream, new FrameLimits { MaxDataLength = FrameLimits.ProtocolMaxDataLength }, _time);
        _stream.Feed(Convert.FromHexString("00016100800000"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = reader.ReadAsync(default).AsTask();
        Assert.False(reading.IsCompleted);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.InRange(_stream.LargestBuffer, 1, 16 * 1024);

        await _stream.ReadIsWaitingAsync();
        _stream.Feed(new byte[16 * 1024]);
        await _stream.ReadIsWaitingAsync();
        Assert.InRange(_stream.LargestBuffer, 1, 16 * 1024);
        _stream.FeedEnd();
        Assert.Equal(FrameReadStatus.Truncated, (await reading).Status);
    }

    [Fact]
    public async Task No_frame_within_the_idle_time()
    {
        var reading = Reader().ReadAsync(default).AsTask();
        _time.Advance(_limits.IdleTimeout - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(FrameReadStatus.Idle, (await reading).Status);
    }

    [Fact]
    public async Task A_header_that_takes_too_long_though_bytes_keep_coming()
    {
        var frame = FrameCodec.Encode("x402.request", "data"u8);
        _stream.Feed(frame[..1]);
        var reading = Reader().ReadAsync(default).AsTask();
        for (var i = 1; i < 5; i++)
        {
            await _stream.ReadIsWaitingAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
            _stream.Feed(frame[i..(i + 1)]);
        }

        await _stream.ReadIsWaitingAsync();
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FrameReadStatus.TooSlow, (await reading).Status);
    }

    [Fact]
    public async Task A_body_that_takes_too_long()
    {
        var frame = FrameCodec.Encode("x402.request", "data"u8);
        _stream.Feed(frame[..^1]);
        var reading = Reader().ReadAsync(default).AsTask();
        _time.Advance(_limits.BodyTimeout - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(FrameReadStatus.TooSlow, (await reading).Status);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_an_exception_not_a_result()
    {
        using var cancellation = new CancellationTokenSource();
        var reading = Reader().ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task No_timer_stays_behind()
    {
        _stream.Feed(FrameCodec.Encode("a", "1"u8));
        await AssertFrameAsync(Reader(), "a", "1"u8.ToArray());
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public async Task Writing_to_a_peer_that_does_not_read_ends_in_time()
    {
        var stream = new ScriptedStream { PeerDoesNotRead = true };
        var writing = FrameWriter.TryWriteAsync(stream, "a", new byte[10], _limits, _time, default).AsTask();
        _time.Advance(_limits.WriteTimeout - TimeSpan.FromTicks(1));
        Assert.False(writing.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await writing);
    }

    [Fact]
    public async Task Writing_to_a_broken_connection_is_false_and_to_a_sound_one_true()
    {
        Assert.False(await FrameWriter.TryWriteAsync(new ScriptedStream { Broken = true }, "a", new byte[1], _limits, _time, default));
        Assert.True(await FrameWriter.TryWriteAsync(_stream, "a", "1"u8.ToArray(), _limits, _time, default));
        Assert.Equal(FrameCodec.Encode("a", "1"u8), await _stream.NextWriteAsync());
    }

    private FrameReader Reader() => new(_stream, _limits, _time);

    private static async Task AssertFrameAsync(FrameReader reader, string type, byte[] data)
    {
        var result = await reader.ReadAsync(default);
        Assert.Equal(FrameReadStatus.Complete, result.Status);
        Assert.Equal(type, result.Frame!.Type);
        Assert.Equal(data, result.Frame.Data.ToArray());
    }

    private static async Task AssertStatusAsync(FrameReader reader, FrameReadStatus status)
    {
        var result = await reader.ReadAsync(default);
        Assert.Equal(status, result.Status);
        Assert.Null(result.Frame);
    }
}
