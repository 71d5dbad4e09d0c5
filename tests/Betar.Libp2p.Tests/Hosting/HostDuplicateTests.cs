using Betar.Libp2p.Events;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>Two peers that dial each other at once have two connections; in the end one is left, and never none.</summary>
public sealed class HostDuplicateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_two_connections_one_is_left(int seed) => Simulated.Run(seed, async run =>
    {
        var network = new MemoryNetwork(run.Time, seed) { Conditions = new MemoryConditions { Delay = TimeSpan.FromMilliseconds(10) } };
        await using var one = HostPair.Builder(network, 1).Listen("/memory/0").WithEcho().Build();
        await using var two = HostPair.Builder(network, 2).Listen("/memory/0").WithEcho().Build();
        await one.StartAsync();
        await two.StartAsync();
        var least = int.MaxValue;
        one.PeerChanged += (_, args) => least = args.Kind == HostEventKind.Disconnected ? Math.Min(least, one.Connections.Count) : least;

        await Task.WhenAll(one.ConnectAsync(two.Addresses[0]), two.ConnectAsync(one.Addresses[0]));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 2), (one.Connections.Count, two.Connections.Count));
        await run.Wait(TimeSpan.FromMinutes(2));

        Assert.Equal((1, 1), (one.Connections.Count, two.Connections.Count));
        Assert.Equal(1, least);
        await using var stream = await one.OpenStreamAsync(two.PeerId, "/echo/1.0.0");
        await stream.WriteAsync(new byte[1]);
        Assert.Equal(1, await stream.ReadAsync(new byte[1]));
    });

    [Fact]
    public void When_the_newer_connection_breaks_the_older_one_serves() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var first = await Stranger.ConnectAsync(run, pair);
        await using var second = await Stranger.ConnectAsync(run, pair);
        await run.Wait(TimeSpan.FromSeconds(1));

        second.Connection.Connection.Abort(Libp2pError.ConnectionClosed);
        await run.Wait(TimeSpan.FromSeconds(1));

        var opening = pair.Listener.OpenStreamAsync(first.Key.PeerId, "/x");
        await using var accepted = await first.AcceptAsync("/x");
        await using var stream = await opening;
        Assert.Equal("/x", stream.Protocol);
    });

    [Fact]
    public void After_the_connection_is_lost_the_peer_is_dialled_anew() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        await (await pair.OpenAsync("/echo/1.0.0")).DisposeAsync();
        await pair.Listener.DisconnectAsync(pair.Dialer.PeerId);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(pair.Dialer.Connections);

        // By what the peer said of itself, without an address from the caller.
        await using var stream = await pair.Dialer.OpenStreamAsync(pair.Listener.PeerId, "/echo/1.0.0");

        Assert.Single(pair.Dialer.Connections);
    });

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(900)]
    public void A_connection_that_is_cut_anywhere_ends_in_one_error_and_leaves_nothing(long bytes) => Simulated.Run(async run =>
    {
        var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        pair.Network.Conditions = new MemoryConditions { CutAfter = bytes, RandomReads = true, LargestRead = 50 };

        await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            await using var stream = await pair.OpenAsync("/echo/1.0.0");
            while (true)
            {
                await stream.WriteAsync(new byte[100]);
                Assert.True(await stream.ReadAsync(new byte[100]) > 0);
            }
        });

        await pair.DisposeAsync();
        Assert.True(pair.Dialer.Resources.System.Used.IsZero && pair.Listener.Resources.System.Used.IsZero);
    });

    [Fact]
    public void A_connection_that_ends_in_order_in_the_middle_of_a_stream_is_no_end_of_the_stream() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        await using var stream = await pair.OpenAsync("/echo/1.0.0");
        await stream.WriteAsync(new byte[1]);
        Assert.Equal(1, await stream.ReadAsync(new byte[1]));

        await pair.Listener.DisconnectAsync(pair.Dialer.PeerId);

        await Assert.ThrowsAsync<Libp2pException>(async () => Assert.Equal(0, await stream.ReadAsync(new byte[1]) + 1));
    });
}
