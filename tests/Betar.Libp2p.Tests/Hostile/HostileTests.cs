using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Hostile;

/// <summary>
/// Peers that mean harm against a host with its default limits, in virtual time, while an honest peer pings: it is answered at once, what
/// the host holds stays bounded, and when all is over the host holds nothing.
/// </summary>
public sealed class HostileTests
{
    private const long Bound = 64L * 1024 * 1024;

    [Fact]
    public void Two_thousand_half_open_connections() => Attack(async (run, pair) =>
    {
        var channels = new List<IByteChannel>();
        for (var i = 0; i < 2_000; i++)
        {
            channels.Add(await Stranger.KnockAsync(pair));
            Assert.InRange(pair.Listener.Resources.Transient.Used.InboundConnections, 0, 64);
        }

        await run.Wait(TimeSpan.FromSeconds(11));
        Assert.Equal(0, pair.Listener.Resources.Transient.Used.InboundConnections);
        Assert.True(pair.Listener.LimitHits["transient.inbound_connections"] > 1_900);
        foreach (var channel in channels)
            await channel.DisposeAsync();
    });

    [Theory]
    [InlineData(0)] // says nothing
    [InlineData(1)] // has said a byte
    [InlineData(20)] // has greeted
    [InlineData(28)] // has proposed the security
    [InlineData(30)] // has begun the handshake
    public void One_byte_a_second_at_each_stage(int quick) => Attack(async (run, pair) =>
    {
        byte[] bytes = [.. MultistreamMessage.Encode(MultistreamMessage.Header, "/noise"), 0, 32, .. new byte[32]];
        await using var channel = await Stranger.KnockAsync(pair);
        await channel.WriteAsync(bytes.AsMemory(0, quick), default);
        var before = run.Time.GetUtcNow();
        try
        {
            for (var i = quick; i < bytes.Length; i++)
            {
                await run.Wait(TimeSpan.FromSeconds(1));
                await channel.WriteAsync(bytes.AsMemory(i, 1), default);
            }

            Assert.Fail("It was let in.");
        }
        catch (IOException)
        {
            Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12));
        }
    });

    [Fact]
    public void One_byte_a_second_of_what_a_stream_is_for() => Attack(async (run, pair) =>
    {
        var bytes = MultistreamMessage.Encode(MultistreamMessage.Header, "/echo/1.0.0");
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.Connection.Connection.OpenStreamAsync(default);
        var before = run.Time.GetUtcNow();
        var error = await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            foreach (var single in bytes)
            {
                await stream.WriteAsync(new[] { single }, default);
                await run.Wait(TimeSpan.FromSeconds(1));
            }
        });

        Assert.Equal(Libp2pError.StreamReset, error.Code);
        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12));
        Assert.False(stranger.Connection.Connection.Completion.IsCompleted);
    });

    [Fact]
    public void Streams_that_are_opened_and_broken_off_at_once() => Attack(async (run, pair) =>
    {
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        try
        {
            for (var i = 0; i < 20_000 && !stranger.Connection.Connection.Completion.IsCompleted; i++)
            {
                var stream = await stranger.Connection.Connection.OpenStreamAsync(default);
                await stream.WriteAsync(new byte[] { 1 }, default);
                stream.Reset();
            }
        }
        catch (IOException)
        {
            // Thrown out.
        }

        await run.Wait(TimeSpan.FromSeconds(5));
        Assert.True(stranger.Connection.Connection.Completion.IsCompleted || pair.Listener.Resources.UsedBy(stranger.Key.PeerId).InboundStreams < 600);
    });

    [Fact]
    public void As_many_streams_as_can_be_opened() => Attack(async (run, pair) =>
    {
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                var stream = await stranger.Connection.Connection.OpenStreamAsync(default);
                await stream.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header), default);
            }
        }
        catch (IOException)
        {
            // Thrown out.
        }

        Assert.InRange(pair.Listener.Resources.UsedBy(stranger.Key.PeerId).InboundStreams, 0, 512);
        await run.Wait(TimeSpan.FromSeconds(15));
        Assert.InRange(pair.Listener.Resources.UsedBy(stranger.Key.PeerId).InboundStreams, 0, 1);
    });

    [Fact]
    public void A_peer_that_asks_for_everything_and_reads_nothing() => Attack(async (run, pair) =>
    {
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.OpenAsync("/echo/1.0.0");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), run.Time);
        try
        {
            while (true)
                await stream.WriteAsync(new byte[64 * 1024], patience.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            Assert.InRange(pair.Listener.Resources.System.Used.Memory, 0, Bound);
        }
    });

    [Fact]
    public void Fifty_peers_who_send_and_never_read() => Attack(async (run, pair) =>
    {
        var strangers = new List<Stranger>();
        for (byte i = 10; i < 60; i++)
        {
            var stranger = await Stranger.ConnectAsync(run, pair, i);
            strangers.Add(stranger);
            for (var s = 0; s < 2; s++)
                _ = run.Start(() => FloodAsync(stranger, run));
        }

        for (var i = 0; i < 20; i++)
        {
            await run.Wait(TimeSpan.FromMilliseconds(100));
            Assert.InRange(pair.Listener.Resources.System.Used.Memory, 0, Bound);
        }

        foreach (var stranger in strangers)
            await stranger.DisposeAsync();
    });

    [Fact]
    public void Garbage_instead_of_a_proposal() => Attack(async (run, pair) =>
    {
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 300; i++)
        {
            await using var channel = await Stranger.KnockAsync(pair);
            var garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            try
            {
                await channel.WriteAsync(garbage, default);
            }
            catch (IOException)
            {
                // Thrown out.
            }
        }

        await run.Wait(TimeSpan.FromSeconds(11));
    });

    [Fact]
    public void Garbage_on_streams_of_every_protocol() => Attack(async (run, pair) =>
    {
        var random = new Random(TestSeed.Value);
        string[] protocols = ["/ipfs/id/push/1.0.0", "/ipfs/id/1.0.0", PingProtocol.Id, "/echo/1.0.0", "/perf/1.0.0"];
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        for (var i = 0; i < 200; i++)
        {
            var stream = await stranger.Connection.Connection.OpenStreamAsync(default);
            var garbage = new byte[random.Next(1, 200)];
            random.NextBytes(garbage);
            await stream.WriteAsync((byte[])[.. MultistreamMessage.Encode(MultistreamMessage.Header, protocols[i % protocols.Length]), .. garbage], default);
            if (i % 3 == 0)
                stream.Reset();
            else
                await stream.CloseWriteAsync(default);
            await run.Wait(TimeSpan.FromMilliseconds(50));
        }

        await run.Wait(TimeSpan.FromMinutes(1));
    });

    private static async Task FloodAsync(Stranger stranger, Simulated run)
    {
        try
        {
            var stream = await stranger.OpenAsync("/echo/1.0.0");
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), run.Time);
            while (true)
                await stream.WriteAsync(new byte[16 * 1024], patience.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Its time is over, one way or the other.
        }
    }

    private static void Attack(Func<Simulated, HostPair, Task> attack) => Simulated.Run(async run =>
    {
        var pair = await HostPair.StartAsync(run, listener => listener.WithEcho().WithPerf());
        pair.Network.Conditions = pair.Network.Conditions with { Delay = TimeSpan.FromMilliseconds(1) };
        await pair.Dialer.ConnectAsync(pair.Address);
        await using (var ping = await pair.Dialer.OpenPingAsync(pair.Listener.PeerId))
        {
            await ping.PingAsync();
            var over = false;
            var worst = TimeSpan.Zero;
            var honest = run.Start(async () =>
            {
                while (!over)
                {
                    var took = await ping.PingAsync();
                    worst = took > worst ? took : worst;
                    await run.Wait(TimeSpan.FromMilliseconds(100));
                }
            });
            await attack(run, pair);
            over = true;
            await honest;
            Assert.InRange(worst, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        }

        await pair.DisposeAsync();
        Assert.True(pair.Listener.Resources.System.Used.IsZero, pair.Listener.Resources.System.Used.ToString());
        Assert.Equal(0, pair.Listener.Resources.DynamicScopes);
    });
}
