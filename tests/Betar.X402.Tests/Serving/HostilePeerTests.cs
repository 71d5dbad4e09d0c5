using Betar.Tests.Shared;
using Betar.X402.Framing;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Serving;

/// <summary>Peers that send rubbish, a great deal, or very slowly: bounded cost, and nobody else notices.</summary>
public sealed class HostilePeerTests : IDisposable
{
    private const int Seed = 6666;

    private readonly ManualTime _time = new();
    private readonly TestHandler _handler = new();
    private readonly X402StreamServer _server;

    public HostilePeerTests() => _server = new X402StreamServer(_handler, new X402ServerOptions(), _time, (fault, _) => Assert.Fail(fault.ToString()));

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Random_bytes_end_a_connection_and_never_throw()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 400; round++)
        {
            using var stream = new ScriptedStream();
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            if (bytes.Length > 2 && random.Next(2) == 0)
            {
                (bytes[0], bytes[1]) = (0, (byte)random.Next(1, 40));
            }

            stream.Feed(bytes);
            stream.FeedEnd();
            var end = await _server.ServeAsync(stream, $"seed {Seed} round {round}", default);
            Assert.True(end is ConnectionEnd.Closed or ConnectionEnd.Malformed or ConnectionEnd.TooLarge, $"round {round}: {end}");
        }

        Assert.Empty(_handler.Seen);
        await AssertOthersAreServedAsync();
    }

    [Fact]
    public async Task Damaged_frames_of_right_messages_never_throw()
    {
        var random = new Random(Seed + 1);
        byte[][] corpus =
        [
            FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)), FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)),
        ];
        for (var round = 0; round < 400; round++)
        {
            using var stream = new ScriptedStream();
            var bytes = corpus[random.Next(2)].Concat(corpus[random.Next(2)]).ToArray();
            for (var damages = random.Next(1, 5); damages > 0; damages--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            stream.Feed(bytes[..random.Next(1, bytes.Length)]);
            stream.FeedEnd();
            await _server.ServeAsync(stream, $"seed {Seed} round {round}", default);
        }

        await AssertOthersAreServedAsync();
    }

    [Fact]
    public async Task Hundreds_of_slow_peers_cost_a_small_buffer_each_and_end_on_time()
    {
        const int peers = 200;
        var streams = Enumerable.Range(0, peers).Select(_ => new ScriptedStream()).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var connections = new List<Task<ConnectionEnd>>();
        foreach (var stream in streams)
        {
            // A frame that announces a megabyte, and one byte of it.
            stream.Feed([.. FrameCodec.Encode(MessageTypes.Request, [])[..^4], 0, 0x10, 0, 0, (byte)'{']);
            connections.Add(_server.ServeAsync(stream, "slow", default));
        }

        // Everything up to the wait for the next byte ran on this thread.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / peers, 1, 48 * 1024);
        await AssertOthersAreServedAsync();

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.All(await Task.WhenAll(connections).Soon(), end => Assert.Equal(ConnectionEnd.TooSlow, end));
        Assert.Equal(0, _time.ArmedTimers);
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task A_peer_that_trickles_is_ended_by_the_whole_frames_deadline()
    {
        using var stream = new ScriptedStream();
        var frame = FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request));
        stream.Feed(frame[..30]);
        var serving = _server.ServeAsync(stream, "trickle", default);
        for (var second = 0; second < 19; second++)
        {
            await stream.ReadIsWaitingAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
            stream.Feed([(byte)' ']);
        }

        await stream.ReadIsWaitingAsync();
        Assert.False(serving.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ConnectionEnd.TooSlow, await serving);
    }

    [Fact]
    public async Task No_more_calls_than_allowed_are_ever_inside_the_handler()
    {
        using var server = new X402StreamServer(
            new CountingHandler(out var counter), new X402ServerOptions { MaxConcurrent = 4, MaxQueued = 1000 }, TimeProvider.System, (_, _) => { });
        var frame = FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request));
        var connections = Enumerable.Range(0, 64).Select(async i =>
        {
            using var stream = new ScriptedStream();
            stream.Feed(Enumerable.Repeat(frame, 5).ToArray());
            stream.FeedEnd();
            await server.ServeAsync(stream, $"peer {i}", default);
        });
        await Task.WhenAll(connections).Soon();
        Assert.Equal(64 * 5, counter.Total);
        Assert.InRange(counter.Most, 1, 4);
    }

    private async Task AssertOthersAreServedAsync()
    {
        using var stream = new ScriptedStream();
        stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await _server.ServeAsync(stream, "other", default));
        Assert.Equal(FrameCodec.Encode(MessageTypes.PaymentRequired, Golden.Utf8(Golden.PaymentRequired)), await stream.NextWriteAsync());
    }

    private sealed class Counter
    {
        private int _now;

        internal int Most { get; private set; }

        internal int Total { get; private set; }

        internal void Enter()
        {
            lock (this)
            {
                Most = Math.Max(Most, ++_now);
                Total++;
            }
        }

        internal void Leave()
        {
            lock (this)
            {
                _now--;
            }
        }
    }

    private sealed class CountingHandler : IX402Handler
    {
        private readonly Counter _counter = new();

        internal CountingHandler(out Counter counter) => counter = _counter;

        public async ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken)
        {
            _counter.Enter();
            await Task.Yield();
            _counter.Leave();
            return X402Error.Create(StreamErrorCode.UnknownResource, request.CorrelationId, "counted");
        }

        public ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
