using System.Security.Cryptography;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>
/// Many streams at once do random things over a line that fragments at random, under a seed: every byte arrives, in order, once;
/// nothing is left behind; and the same seed does the same again.
/// </summary>
public sealed class YamuxRandomTests
{
    private const int Seeds = 1_000;

    [Fact]
    public void Whatever_the_seed_every_stream_ends_with_the_bytes_that_were_sent()
    {
        for (var seed = TestSeed.Value; seed < TestSeed.Value + Seeds; seed++)
            Run(seed);
    }

    [Fact]
    public void One_seed_gives_one_trace()
    {
        Assert.Equal(Run(TestSeed.Value), Run(TestSeed.Value));
        Assert.NotEqual(Run(TestSeed.Value), Run(TestSeed.Value + 1));
    }

    private static IReadOnlyList<string> Run(int seed) => Simulated.Run(seed, async run =>
    {
        var random = new Random(seed);
        var conditions = new MemoryConditions
        {
            LargestRead = random.Next(3) switch { 0 => 1, 1 => 100, _ => 100_000 },
            RandomReads = random.Next(2) == 0,
            Delay = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(30)),
            Capacity = random.Next(2) == 0 ? 2_000 : 1 << 20,
        };
        // Every read costs, however short it is: so much data that windows fill and grow only where reads may be long, and there not always.
        var largest = conditions.LargestRead switch { 1 => 600, 100 => 6_000, _ => random.Next(6) == 0 ? 400_000 : 20_000 };
        var budget = new MemoryBudget(1L << 30);
        var pair = YamuxPair.Create(run, conditions, budget: budget);
        var serving = Enumerable.Range(0, 2).Select(side => run.Start(() => ServeAsync(run, side == 0 ? pair.Listener : pair.Dialer))).ToArray();
        var asking = Enumerable.Range(0, random.Next(1, 9))
            .Select(_ => (From: random.Next(2) == 0 ? pair.Dialer : pair.Listener, Seed: random.Next()))
            .Select(one => run.Start(() => AskAsync(one.From, new Random(one.Seed), largest)))
            .ToArray();

        foreach (var one in asking)
            await one;
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (pair.Dialer.StreamCount, pair.Listener.StreamCount));
        await pair.Dialer.DisposeAsync();
        await pair.Listener.Completion;
        foreach (var one in serving)
            await one;
        Assert.Equal(0, budget.Used);
    });

    /// <summary>Sends random pieces and ends; the answer has to be their hash. Or resets on the way.</summary>
    private static async Task AskAsync(YamuxConnection connection, Random random, int largest)
    {
        var stream = await connection.OpenStreamAsync(default);
        var resets = random.Next(5) == 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var left = random.Next(1, largest); left > 0;)
        {
            var piece = new byte[Math.Min(left, random.Next(1, largest))];
            random.NextBytes(piece);
            await stream.WriteAsync(piece, default);
            hash.AppendData(piece);
            left -= piece.Length;
            if (resets && random.Next(3) == 0)
            {
                stream.Reset();
                return;
            }
        }

        await stream.CloseWriteAsync(default);
        var answer = await ReadAllAsync(stream, random.Next(1, 50));
        Assert.Equal(hash.GetHashAndReset(), answer);
        await stream.DisposeAsync();
    }

    private static async Task ServeAsync(Simulated run, YamuxConnection connection)
    {
        while (await connection.AcceptStreamAsync(default) is { } stream)
            _ = run.Start(() => AnswerAsync(stream));
    }

    private static async Task AnswerAsync(MuxedStream stream)
    {
        try
        {
            await stream.WriteAsync(SHA256.HashData(await ReadAllAsync(stream, 5000)), default);
            await stream.DisposeAsync();
        }
        catch (Libp2pException e)
        {
            Assert.Equal(Libp2pError.StreamReset, e.Code);
        }
    }

    private static async Task<byte[]> ReadAllAsync(MuxedStream stream, int piece)
    {
        var all = new MemoryStream();
        var buffer = new byte[piece];
        while (await stream.ReadAsync(buffer, default) is var count and > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }
}
