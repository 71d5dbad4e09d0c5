using Betar.Libp2p.Muxing;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>A stream that runs makes no garbage: neither in yamux, nor in Noise, nor in the line below. Alone, because it counts for the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class YamuxAllocationTests
{
    private const int Rounds = 500;
    private const int Batches = 8;
    private static readonly byte[] Key = new byte[32];

    [Theory]
    [InlineData(32)]
    [InlineData(8 * 1024)]
    [InlineData(100 * 1024)]
    public async Task Reading_and_writing_allocates_nothing(int size)
    {
        var (up, down) = Channels.Pair(up: new MemoryConditions { Capacity = 1 << 20 });
        var budget = new MemoryBudget(1L << 30);
        await using var dialer = new YamuxConnection(Secured(up), true, YamuxOptions.Default, budget, TaskScheduler.Default, TimeProvider.System);
        await using var listener = new YamuxConnection(Secured(down), false, YamuxOptions.Default, budget, TaskScheduler.Default, TimeProvider.System);
        var left = await dialer.OpenStreamAsync(default);
        await left.WriteAsync(new byte[1], default);
        var right = (await listener.AcceptStreamAsync(default))!;
        await right.ReadExactlyOnceAsync(new byte[1]);
        var echo = EchoAsync(right, size, (Batches + 1) * Rounds);
        var sent = new byte[size];
        var back = new byte[size];
        await PingAsync(left, sent, back, Rounds);

        // The best of several batches: the runtime's own work (compiling again, filling pools) is not the stream's.
        var least = double.MaxValue;
        for (var i = 0; i < Batches; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await PingAsync(left, sent, back, Rounds);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Rounds);
        }

        await echo;
        Assert.True(least < 8, $"A round trip of {size} bytes allocates {least:F1} bytes.");
    }

    private static NoiseLink Secured(MemoryChannel channel) => new(new PlainLink(channel), new NoiseCipher(Key), new NoiseCipher(Key));

    private static async Task PingAsync(MuxedStream stream, byte[] sent, byte[] back, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            await stream.WriteAsync(sent, default);
            await stream.ReadExactlyOnceAsync(back);
        }
    }

    private static async Task EchoAsync(MuxedStream stream, int size, int rounds)
    {
        var buffer = new byte[size];
        for (var i = 0; i < rounds; i++)
        {
            await stream.ReadExactlyOnceAsync(buffer);
            await stream.WriteAsync(buffer, default);
        }
    }
}
