using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Hosting;

public sealed class HostReplayTests
{
    private const int Seeds = 1_000;
    private const int BrokenSeeds = 300;

    [Fact]
    public void The_same_seed_gives_the_same_trace()
    {
        var first = Scenario(TestSeed.Value);

        Assert.Equal(first, Scenario(TestSeed.Value));
        Assert.NotEqual(first, Scenario(TestSeed.Value + 1));
        Assert.True(first.Count > 100, $"{first.Count} steps");
    }

    [Fact]
    public void In_any_order_every_byte_arrives_and_nothing_is_left()
    {
        for (var seed = 0; seed < Seeds; seed++)
            Scenario(TestSeed.Value + seed, most: 2_000);
    }

    [Fact]
    public void Wherever_the_connection_breaks_or_ends_all_get_the_one_exception_and_nothing_is_left()
    {
        for (var seed = 0; seed < BrokenSeeds; seed++)
            BrokenScenario(TestSeed.Value + seed);
    }

    private static void BrokenScenario(int seed) => Simulated.Run(seed, async run =>
    {
        var random = new Random(seed);
        var bytes = random.Next(1, 3_000);
        var network = new MemoryNetwork(run.Time, seed)
        {
            Conditions = new MemoryConditions
            {
                RandomReads = true,
                LargestRead = 100,
                Delay = TimeSpan.FromMilliseconds(seed % 3),
                CutAfter = seed % 2 == 0 ? bytes : null,
                TruncateAfter = seed % 2 == 1 ? bytes : null,
            },
        };
        var one = HostPair.Builder(network, 1).Listen("/memory/0").WithEcho().Build();
        var two = HostPair.Builder(network, 2).Build();
        await one.StartAsync();
        await two.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => BreakAsync(one, two)));

        await two.StopAsync();
        await one.StopAsync();
        Assert.True(one.Resources.System.Used.IsZero && two.Resources.System.Used.IsZero);
        Assert.Equal(0, one.Resources.DynamicScopes + two.Resources.DynamicScopes);
    });

    private static async Task BreakAsync(Libp2pHost one, Libp2pHost two)
    {
        await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            await using var stream = await two.OpenStreamAsync(one.Addresses[0], "/echo/1.0.0");
            var buffer = new byte[200];
            while (true)
            {
                await stream.WriteAsync(buffer);
                Assert.Equal(buffer.Length, await stream.ReadFullyAsync(buffer));
            }
        });
    }

    /// <summary>Two hosts dial each other at once, echo on parallel streams through tiny reads, break some off, and stop.</summary>
    private static IReadOnlyList<string> Scenario(int seed, int most = 20_000) => Simulated.Run(seed, async run =>
    {
        var network = new MemoryNetwork(run.Time, seed)
        {
            Conditions = new MemoryConditions { RandomReads = true, LargestRead = seed % 10 == 0 ? 1 : 700, Delay = TimeSpan.FromMilliseconds(seed % 7) },
        };
        await using var one = HostPair.Builder(network, 1).Listen("/memory/0").WithEcho().Build();
        await using var two = HostPair.Builder(network, 2).Listen("/memory/0").WithEcho().Build();
        await one.StartAsync();
        await two.StartAsync();
        await Task.WhenAll(one.ConnectAsync(two.Addresses[0]), two.ConnectAsync(one.Addresses[0]));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? EchoAsync(one, two, seed + i, most) : EchoAsync(two, one, seed + i, most)));

        await one.StopAsync();
        await two.StopAsync();
        Assert.True(one.Resources.System.Used.IsZero && two.Resources.System.Used.IsZero);
        Assert.Equal(0, one.Resources.DynamicScopes + two.Resources.DynamicScopes);
    });

    private static async Task EchoAsync(Libp2pHost from, Libp2pHost to, int seed, int most)
    {
        var random = new Random(seed);
        await using var stream = await from.OpenStreamAsync(to.PeerId, "/echo/1.0.0");
        var sent = new byte[random.Next(1, most)];
        random.NextBytes(sent);
        if (random.Next(4) == 0)
        {
            await stream.WriteAsync(sent);
            stream.Reset();
            return;
        }

        var writing = WriteAsync(stream, sent);
        var received = new byte[sent.Length];
        Assert.Equal(received.Length, await stream.ReadFullyAsync(received));
        await writing;
        Assert.Equal(sent, received);
        Assert.Equal(0, await stream.ReadAsync(received));
    }

    private static async Task WriteAsync(Libp2pStream stream, byte[] bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.CloseWriteAsync();
    }
}
