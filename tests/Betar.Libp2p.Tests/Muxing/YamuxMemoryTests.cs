using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>What waits to be sent or read is counted, all but a little, which keeps small talk going when nothing is left.</summary>
public sealed class YamuxMemoryTests
{
    private const int Streams = 8;
    private static readonly byte[] Much = new byte[1 << 20];

    [Fact]
    public void What_a_peer_does_not_take_is_counted_and_given_back() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(1L << 30);
        var (raw, writing) = await WriteAsync(run, budget);

        Assert.InRange(budget.Used, Streams * 64 * 1024, 2 * YamuxOptions.Default.MaxQueuedBytes);

        raw.HangUp();
        await raw.Session.Completion;
        await EndAsync(writing);
        Assert.Equal(0, budget.Used);
    });

    [Fact]
    public void No_more_waits_than_the_budget_allows() => Simulated.Run(async run =>
    {
        const int limit = 256 * 1024;
        var budget = new MemoryBudget(limit);
        var (raw, writing) = await WriteAsync(run, budget);

        Assert.InRange(budget.Used, 1, limit);

        raw.HangUp();
        await EndAsync(writing);
    });

    [Fact]
    public void Without_memory_everything_is_sent_in_small_batches() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(0);
        var (raw, writing) = await WriteAsync(run, budget);
        var left = Streams * Much.Length;
        while (left > 0)
        {
            var (header, payload) = await raw.ReadAsync();
            Assert.InRange(payload.Length, 0, OutboundQueue.Unasked);
            left -= header.Type == YamuxFrameType.Data ? payload.Length : 0;
        }

        await Task.WhenAll(writing);
        Assert.Equal(0, left);
        await raw.CloseAsync();
    });

    [Fact]
    public void Without_memory_small_messages_are_still_taken() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run, budget: new MemoryBudget(0));
        var (left, right) = await pair.OpenAsync();
        var buffer = new byte[YamuxStream.Unasked];
        for (var i = 0; i < 100; i++)
        {
            await left.WriteAsync(new byte[1000], default);
            await run.Wait(TimeSpan.FromMilliseconds(1));
            Assert.Equal(1000, await right.ReadAsync(buffer, default));
        }
    });

    [Fact]
    public void Without_memory_a_stream_that_keeps_more_is_reset() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run, budget: new MemoryBudget(0));
        var (left, right) = await pair.OpenAsync();
        await left.WriteAsync(new byte[2 * YamuxStream.Unasked], default);
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Libp2pError.LimitExceeded, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReadAsync(new byte[10], default))).Code);
    });

    /// <summary>Much on several streams, for a peer that has given all the credit there is and takes nothing yet.</summary>
    private static async Task<(RawYamux Raw, List<Task> Writing)> WriteAsync(Simulated run, MemoryBudget budget)
    {
        var raw = RawYamux.Create(run, conditions: new() { Capacity = 16 * 1024 }, budget: budget);
        var streams = new List<MuxedStream>();
        for (uint i = 0; i < Streams; i++)
        {
            var stream = await raw.Session.OpenStreamAsync(default);
            await stream.WriteAsync(new byte[1], default);
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Ack, stream.Id, 1 << 30);
            streams.Add(stream);
        }

        await run.Wait(TimeSpan.FromMilliseconds(1));
        List<Task> writing = [.. streams.Select(stream => stream.WriteAsync(Much.AsMemory(1), default).AsTask())];
        await run.Wait(TimeSpan.FromMilliseconds(10));
        return (raw, writing);
    }

    private static async Task EndAsync(List<Task> writing)
    {
        foreach (var write in writing)
            await Assert.ThrowsAsync<Libp2pException>(() => write);
    }
}
