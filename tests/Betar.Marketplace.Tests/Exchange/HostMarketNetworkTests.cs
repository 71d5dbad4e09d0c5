using Betar.Libp2p;
using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Exchange;

namespace Betar.Marketplace.Tests.Exchange;

/// <summary>The port over real hosts, connected in memory.</summary>
public sealed class HostMarketNetworkTests
{
    [Fact]
    public void Questions_of_both_kinds_are_answered_and_peers_are_known_by_what_they_serve() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        using var seller = new HostMarketNetwork(pair.Listener, run.Time);
        using var buyer = new HostMarketNetwork(pair.Dialer, run.Time);
        List<PeerServesEventArgs> heard = [];
        buyer.PeerServes += (_, peer) => heard.Add(peer);
        using var market = seller.Answer((_, type, body, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(System.Text.Encoding.UTF8.GetBytes($"{type}:{body.Length}")));
        using var records = seller.Serve("/x/1", (peer, request, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(request), 10);
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Contains(heard, peer => peer.Peer == seller.Self && peer.Protocols.Contains(MarketFrames.Protocol));
        Assert.Equal([seller.Self], buyer.PeersServing("/x/1"));
        Assert.Empty(buyer.PeersServing("/y/1"));
        var info = await buyer.AskAsync(seller.Self, "info", new byte[3], 100, CancellationToken.None);
        Assert.Equal("info:3", System.Text.Encoding.UTF8.GetString(info!.Value.Span));
        Assert.Null(await buyer.AskAsync(seller.Self, "info", new byte[3], 5, CancellationToken.None));
        Assert.Equal(new byte[] { 7 }, (await buyer.RequestAsync(seller.Self, "/x/1", new byte[] { 7 }, 10, CancellationToken.None))!.Value.ToArray());
        Assert.Null(await buyer.RequestAsync(seller.Self, "/x/1", new byte[11], 100, CancellationToken.None));
        Assert.Null(await buyer.RequestAsync(seller.Self, "/y/1", new byte[1], 100, CancellationToken.None));
        Assert.Null(buyer.GroupOf(seller.Self));

        await pair.Dialer.DisconnectAsync(seller.Self);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(buyer.PeersServing("/x/1"));
    });

    [Fact]
    public void Who_says_nothing_is_given_up_after_half_a_minute() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        using var buyer = new HostMarketNetwork(pair.Dialer, run.Time);
        using var silent = pair.Listener.Handle(MarketFrames.Protocol, (_, stopping) => Task.Delay(Timeout.InfiniteTimeSpan, run.Time, stopping));
        await pair.Dialer.ConnectAsync(pair.Address);
        var before = run.Time.GetUtcNow();

        Assert.Null(await buyer.AskAsync(pair.Listener.PeerId, "info", default, 100, CancellationToken.None));

        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
    });

    [Fact]
    public void A_frame_that_is_none_is_not_answered() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        using var seller = new HostMarketNetwork(pair.Listener, run.Time);
        var asked = 0;
        using var market = seller.Answer((_, _, _, _) =>
        {
            asked++;
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(default);
        });
        await using var stream = await pair.OpenAsync(MarketFrames.Protocol);
        await stream.WriteAsync(new byte[] { 0, 0 });

        Assert.Equal(0, await stream.ReadAsync(new byte[4]));
        Assert.Equal(0, asked);
    });
}
