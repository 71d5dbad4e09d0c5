using Betar.Interop.Tests.Partner;
using Betar.Libp2p;
using Betar.Libp2p.Events;
using Betar.Libp2p.Protocols;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>Goodbyes, idle time-outs of either side, and what is left after many connections.</summary>
public sealed class EndingTests(PartnerFixture partner) : InteropCase(partner)
{
    private const int Connections = 500;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Their_goodbye_is_seen(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        await pair.Theirs.AskAsync("hangUp", new { peer = pair.Ours.PeerId });

        Assert.Equal(pair.TheirId, (await pair.Ours.SawAsync(HostEventKind.Disconnected)).Peer);
        Assert.Empty(pair.Ours.Host.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_goodbye_is_seen(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        await pair.Ours.Host.DisconnectAsync(pair.TheirId);

        await pair.Theirs.AskAsync("noConnection", new { peer = pair.Ours.PeerId });
    }

    [Fact]
    public async Task Their_idle_time_out_ends_a_connection_on_which_nobody_speaks()
    {
        await using var ours = await OurHost.StartAsync();
        await using var theirs = await Partner.StartAsync(new { tcp = new { inboundSocketInactivityTimeout = 300 } });
        var connection = await ours.DialAsync(theirs.Address);
        var stream = await ours.Host.OpenStreamAsync(connection.Peer, [Served.Silent], Patience);
        await stream.WriteAsync("x"u8.ToArray(), Patience);

        var ended = await Assert.ThrowsAsync<Libp2pException>(() => Served.ReadAllAsync(stream, Patience));

        Assert.Contains(ended.Code, new[] { Libp2pError.ConnectionClosed, Libp2pError.StreamReset });
        await ours.GoneAsync();
    }

    /// <summary>They have one for what they dial, too. A time-out of a single stream they name among their options and do not keep.</summary>
    [Fact]
    public async Task Their_idle_time_out_ends_a_connection_that_they_opened()
    {
        await using var ours = await OurHost.StartAsync();
        await using var theirs = await Partner.StartAsync(new { tcp = new { outboundSocketInactivityTimeout = 300 } });
        await theirs.DialAsync(ours.Address);
        var stream = await theirs.OpenAsync(ours.PeerId, Served.Silent);
        await stream.SendAsync("x"u8);

        Assert.Equal(theirs.PeerId, (await ours.SawAsync(HostEventKind.Disconnected)).Peer.ToString());

        Assert.Contains((await ours.Served.SilentEnd.Task.WaitAsync(Patience))!.Value, new[] { Libp2pError.ConnectionClosed, Libp2pError.StreamReset });
        Assert.Empty(ours.Host.Connections);
    }

    [Fact]
    public async Task Our_idle_time_out_ends_a_stream_on_which_they_are_silent()
    {
        await using var ours = await OurHost.StartAsync(build: builder => builder.Handle(
            "/interop/impatient/1", Served.DrainAsync, new ProtocolOptions { IdleTimeout = TimeSpan.FromMilliseconds(300) }));
        await using var theirs = await Partner.StartAsync();
        await theirs.DialAsync(ours.Address);

        var stream = await theirs.OpenAsync(ours.PeerId, "/interop/impatient/1");

        Assert.Equal("StreamResetError", await stream.EndingAsync());
        Assert.Single(ours.Host.Connections);
    }

    [Fact]
    public async Task Their_upgrade_time_out_ends_a_dialler_that_says_nothing()
    {
        await using var theirs = await Partner.StartAsync(new { connectionManager = new { maxConnections = 10, inboundUpgradeTimeout = 300 } });
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", PortOf(theirs.Address), Patience);

        Assert.Equal(0, await ReadToEndAsync(socket));
    }

    [Fact]
    public async Task They_connect_and_go_500_times_and_nothing_is_left()
    {
        await using var ours = await OurHost.StartAsync(configure: options => options.Resources.Peer.InboundConnections = 8);
        await using var theirs = await Partner.StartAsync();

        var left = await theirs.AskAsync("dialAndHangUp", new { address = ours.Address, count = Connections });

        Assert.Equal(0, left.Int("connections"));
        await ours.GoneAsync();
    }

    [Fact]
    public async Task We_connect_and_go_500_times_and_nothing_is_left()
    {
        await using var ours = await OurHost.StartAsync();
        await using var theirs = await Partner.StartAsync();
        var before = await theirs.AskAsync("stats");

        for (var i = 0; i < Connections; i++)
        {
            var connection = await ours.DialAsync(theirs.Address);
            await ours.Host.DisconnectAsync(connection.Peer);
        }

        await ours.GoneAsync();
        await theirs.AskAsync("noConnection", new { peer = ours.PeerId });
        var after = await theirs.AskAsync("stats");
        Assert.Equal(0, after.Int("connections"));
        Assert.True(after.Int("handles") <= before.Int("handles") + 2, $"{before.Int("handles")} handles before, {after.Int("handles")} after");
    }

    private static int PortOf(string address) => int.Parse(address.Split('/')[4], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<int> ReadToEndAsync(System.Net.Sockets.TcpClient socket)
    {
        // They say hello first; what matters is that they end it.
        var buffer = new byte[1024];
        try
        {
            while (await socket.GetStream().ReadAsync(buffer, Patience) > 0)
            {
                continue;
            }

            return 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
