using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Hosting;

public sealed class HostReplayTests
{
    private const int Seeds = 60;

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
            Scenario(TestSeed.Value + seed);
    }

    /// <summary>Two hosts dial each other at once, echo on parallel streams through tiny reads, break some off, and stop.</summary>
    private static IReadOnlyList<string> Scenario(int seed) => Simulated.Run(seed, async run =>
    {
        var network = new MemoryNetwork(run.Time, seed)
        {
            Conditions = new MemoryConditions { RandomReads = true, LargestRead = 700, Delay = TimeSpan.FromMilliseconds(seed % 7) },
        };
        await using var one = HostPair.Builder(network, 1).Listen("/memory/0").WithEcho().Build();
        await using var two = HostPair.Builder(network, 2).Listen("/memory/0").WithEcho().Build();
        await one.StartAsync();
        await two.StartAsync();
        await Task.WhenAll(one.ConnectAsync(two.Addresses[0]), two.ConnectAsync(one.Addresses[0]));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? EchoAsync(one, two, seed + i) : EchoAsync(two, one, seed + i)));

        await one.StopAsync();
        await two.StopAsync();
        Assert.True(one.Resources.System.Used.IsZero && two.Resources.System.Used.IsZero);
        Assert.Equal(0, one.Resources.DynamicScopes + two.Resources.DynamicScopes);
    });

    private static async Task EchoAsync(Libp2pHost from, Libp2pHost to, int seed)
    {
        var random = new Random(seed);
        await using var stream = await from.OpenStreamAsync(to.PeerId, "/echo/1.0.0");
        var sent = new byte[random.Next(1, 20_000)];
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
