using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Transports;

namespace Betar.Fuzz.Targets;

/// <summary>
/// A whole yamux session that listens to a stranger's bytes: what each stream's reader gets, whether the session says goodbye, that it writes
/// frames only and gives every byte of its memory back.
/// </summary>
internal sealed class YamuxSessionTarget : IFuzzTarget
{
    // In the order of the oracle's limits: as many streams as an input can open, so that it need not know about those limits, which have tests of their own.
    private static readonly YamuxOptions Options = YamuxOptions.Default with { AckBacklog = 1000, MaxInboundStreams = 1000 };

    public string Name => "yamux-session";

    public long MemoryBound(int length) => (512 * 1024) + (1024L * length);

    public bool Take(byte[] input)
    {
        var scheduler = new FuzzScheduler();
        var channel = new FuzzChannel(input, FuzzChannel.PieceFor(input)) { Yields = true };
        var budget = new CountedBudget();
        var readers = new List<Reader>();
        scheduler.Run(() => RunAsync(channel, budget, scheduler, readers)).GetAwaiter().GetResult();

        var oracle = new SlowYamux();
        oracle.Read(input);
        Compare(oracle, readers);
        FuzzException.Unless(budget.Used == 0, $"{budget.Used} bytes are not given back");
        var frames = Frames(channel.Written);
        var refused = frames.Any(frame => frame is { Type: YamuxFrameType.GoAway, Length: (uint)GoAwayCode.ProtocolError });
        FuzzException.Unless(oracle.Goodbye || refused == oracle.Violated, $"violated, says the oracle: {oracle.Violated}; it writes {string.Join(", ", frames)}");
        FuzzException.Unless(oracle.Goodbye || frames.Where(frame => frame.Type == YamuxFrameType.Ping).Select(frame => frame.Length).SequenceEqual(oracle.Pongs), "other pongs than pings");
        return !oracle.Violated && oracle.Streams.Count > 1;
    }

    private static async Task RunAsync(FuzzChannel channel, CountedBudget budget, FuzzScheduler scheduler, List<Reader> readers)
    {
        var session = new YamuxConnection(new PlainLink(channel), false, Options, budget, scheduler, StillTime.Instance);
        var own = new Reader(await session.OpenStreamAsync(default));
        readers.Add(own);
        var reading = new List<Task> { own.ReadAsync() };
        while (await session.AcceptStreamAsync(default) is { } stream)
        {
            var reader = new Reader(stream);
            readers.Add(reader);
            reading.Add(reader.ReadAsync());
        }

        await session.Completion;
        await Task.WhenAll(reading);
        foreach (var reader in readers)
            await reader.Stream.DisposeAsync();
        FuzzException.Unless(session.StreamCount == 0, $"{session.StreamCount} streams are left");
    }

    private static void Compare(SlowYamux oracle, List<Reader> readers)
    {
        // After a goodbye the oracle knows no more.
        if (oracle.Goodbye)
            return;
        var left = new List<Reader>(readers);
        foreach (var expected in oracle.Streams.Where(stream => !stream.Broken))
        {
            var reader = left.Find(reader => reader.Stream.Id == expected.Id && reader.Ended == expected.Ended && reader.Data.SequenceEqual(expected.Data));
            // What comes together with a violation is not handed out any more.
            FuzzException.Unless(reader is not null || oracle.Violated, $"stream {expected.Id} is missing, or its data or its end is wrong");
            left.Remove(reader!);
        }

        // Of a stream that was broken off, what came before may have been read; it may also never have been handed out.
        foreach (var reader in left)
        {
            FuzzException.Unless(
                oracle.Streams.Any(stream => stream.Broken && stream.Id == reader.Stream.Id && stream.Data.Take(reader.Data.Count).SequenceEqual(reader.Data)),
                $"stream {reader.Stream.Id} gives {reader.Data.Count} bytes that nobody sent so");
        }
    }

    private static List<YamuxHeader> Frames(ReadOnlySpan<byte> written)
    {
        var frames = new List<YamuxHeader>();
        while (!written.IsEmpty)
        {
            FuzzException.Unless(written.Length >= YamuxHeader.Size && YamuxHeader.Read(written, out _) is null, "it writes what is no frame");
            YamuxHeader.Read(written, out var header);
            frames.Add(header);
            written = written[(YamuxHeader.Size + (header.Type == YamuxFrameType.Data ? (int)header.Length : 0))..];
        }

        return frames;
    }

    private sealed class CountedBudget : IMemoryBudget
    {
        public long Used { get; private set; }

        public bool TryReserve(long bytes)
        {
            Used += bytes;
            return true;
        }

        public void Release(long bytes) => Used -= bytes;
    }

    private sealed class Reader(MuxedStream stream)
    {
        public MuxedStream Stream => stream;

        public List<byte> Data { get; } = [];

        public bool Ended { get; private set; }

        public async Task ReadAsync()
        {
            var buffer = new byte[64];
            try
            {
                while (await stream.ReadAsync(buffer, default) is > 0 and var count)
                    Data.AddRange(buffer.AsSpan(0, count));
                Ended = true;
            }
            catch (Libp2pException)
            {
                // Broken off, with the stream or with the session.
            }
        }
    }
}
