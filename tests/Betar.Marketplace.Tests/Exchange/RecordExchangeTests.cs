using Betar.Marketplace.Exchange;
using Betar.Marketplace.Records;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class RecordExchangeTests
{
    [Fact]
    public void A_record_crosses_each_connection_once_and_reaches_everybody() => MarketWorld.Run(async world =>
    {
        List<MarketPeer> peers = [];
        for (byte n = 1; n <= 6; n++)
            peers.Add(await world.AddAsync(n));
        await world.SettleAsync();
        peers.ForEach(peer => peer.Network.Asked.Clear());
        peers.ForEach(peer => peer.Blocks.IsCutOff = true);

        var id = (await peers[0].PublishAsync()).Id;

        Assert.All(peers.Skip(1), peer => Assert.Equal(TrustLevel.Verified, peer.TrustIn(id)));
        Assert.InRange(peers.Sum(peer => peer.Network.Asked.Count), 5, 30);
        peers.ForEach(peer => peer.Network.Asked.Clear());
        await peers[0].PublishAsync();
        Assert.All(peers, peer => Assert.Empty(peer.Network.Asked));
    });

    [Fact]
    public void A_newcomer_takes_all_records_in_pages() => MarketWorld.Run(async world =>
    {
        var (_, late) = await MeetAsync(world, 300, options => options.MaxRecordsPerMessage = 64);

        Assert.Equal(300, late.Market.Search(new Marketplace.Search.SearchQuery { Limit = 500 }).Matches);
        Assert.InRange(late.Network.Asked.Count, 300 / 64, 2 * (300 / 64) + 2);
    });

    [Fact]
    public void A_newcomer_takes_more_than_may_be_asked_for_at_once() => MarketWorld.Run(async world =>
    {
        var (_, late) = await MeetAsync(world, 300, options => (options.MaxRecordsPerMessage, options.QuestionBurst) = (8, 16));
        // Both of the pulls that a meeting begins have had what may be had at once.
        Assert.InRange(Verified(late), 16 / 2 * 8, 16 * 8);

        await world.PassAsync(300 / 8 * new ExchangeOptions().QuestionInterval);

        Assert.Equal(300, Verified(late));
    });

    private static int Verified(MarketPeer peer) => peer.Market.Search(new Marketplace.Search.SearchQuery { Trust = [TrustLevel.Verified] }).Matches;

    /// <summary>Somebody who has records only, and somebody who comes and takes them.</summary>
    private static async Task<(MarketPeer Seller, MarketPeer Late)> MeetAsync(MarketWorld world, int count, Action<ExchangeOptions> configure)
    {
        var seller = await world.AddAsync(1, options => configure(options.Exchange));
        await seller.Market.PublishAsync([.. Enumerable.Range(0, count).Select(n => seller.Offer($"a{n}"))], CancellationToken.None);
        foreach (var key in world.Set.Keys.ToList())
            seller.Replica.Delete(IdOf(key));
        world.Blocks.Clear();
        var late = await world.AddAsync(2, options => configure(options.Exchange));
        await world.SettleAsync();
        return (seller, late);
    }

    [Fact]
    public void Two_that_agree_say_so_in_one_question() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        await seller.Market.PublishAsync([.. Enumerable.Range(0, 300).Select(n => seller.Offer($"a{n}"))], CancellationToken.None);
        await world.SettleAsync();
        buyer.Network.Asked.Clear();

        await world.PassAsync(TimeSpan.FromMinutes(5.2));

        Assert.Single(buyer.Network.Asked);
    });

    [Fact]
    public void Who_missed_the_push_hears_of_it_from_the_next_comparison() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        buyer.Blocks.IsCutOff = true;
        buyer.Network.IsCutOff = true;
        var id = (await seller.PublishAsync()).Id;
        Assert.NotEqual(TrustLevel.Verified, buyer.TrustIn(id));
        buyer.Network.IsCutOff = false;

        await world.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
    });

    [Fact]
    public void A_forged_record_is_counted_and_pushed_no_further() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        var other = await world.AddAsync(2);
        using var liar = new Somebody(9);
        var envelope = liar.Sign().Envelope.ToArray();
        envelope[^1] ^= 1;

        var answer = await buyer.Network.BeAskedAsync(liar.Peer, RecordMessage.Protocol, (RecordMessage.Empty with { Records = [envelope] }).Encode());

        Assert.True(RecordMessage.TryDecode(answer, 64, out var said));
        Assert.Empty(said.Held);
        Assert.Equal(1, buyer.Market.RecordFaults[RecordFault.NotSigned]);
        Assert.Equal(0, buyer.Market.Count + other.Market.Count);
    });

    [Theory]
    [InlineData(RecordFault.FromTheFuture)]
    [InlineData(RecordFault.Expired)]
    public void A_record_out_of_its_time_is_not_believed(RecordFault fault) => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var seller = new Somebody(9);
        var shift = fault == RecordFault.Expired ? TimeSpan.FromDays(-8) : TimeSpan.FromMinutes(11);
        var record = seller.Record() with { IssuedAt = Somebody.Start + shift, ExpiresAt = Somebody.Start + shift + TimeSpan.FromDays(7) };

        await buyer.Network.BeAskedAsync(seller.Peer, RecordMessage.Protocol, (RecordMessage.Empty with { Records = [seller.Sign(record).Envelope] }).Encode());

        Assert.Equal(1, buyer.Market.RecordFaults[fault]);
        Assert.Null(buyer.Market.Find(record.Id));
    });

    [Fact]
    public void An_older_version_is_answered_with_the_newer_one_that_is_held() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var seller = new Somebody(9);
        await Push(2);

        var said = await Push(1);

        Assert.Equal([new HeldVersion(seller.Id(), 2)], said.Held);
        Assert.Equal(2UL, buyer.Market.Find(seller.Id())!.Version);

        async Task<RecordMessage> Push(ulong version)
        {
            var answer = await buyer.Network.BeAskedAsync(
                seller.Peer, RecordMessage.Protocol, (RecordMessage.Empty with { Records = [seller.Sign(version: version).Envelope] }).Encode());
            Assert.True(RecordMessage.TryDecode(answer, 64, out var decoded));
            return decoded;
        }
    });

    [Fact]
    public void Who_pushes_too_much_is_not_listened_to_for_a_while() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1, options =>
        {
            options.Exchange.RecordBurst = 3;
            options.Exchange.RecordInterval = TimeSpan.FromSeconds(1);
        });
        using var seller = new Somebody(9);

        Assert.Equal(3, await Push("a", "b", "c"));
        Assert.Equal(0, await Push("d"));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Push("d"));

        async Task<int> Push(params string[] names)
        {
            var before = buyer.Market.Count;
            await buyer.Network.BeAskedAsync(
                seller.Peer, RecordMessage.Protocol, (RecordMessage.Empty with { Records = [.. names.Select(name => seller.Sign(name).Envelope)] }).Encode());
            return buyer.Market.Count - before;
        }
    });

    [Fact]
    public void Who_asks_too_much_is_told_nothing() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.Exchange.QuestionBurst = 1);
        await seller.PublishAsync();
        using var stranger = new Somebody(9);
        var question = (RecordMessage.Empty with { Sums = new byte[1] }).Encode();

        Assert.True(RecordMessage.TryDecode(await seller.Network.BeAskedAsync(stranger.Peer, RecordMessage.Protocol, question), 64, out var first));
        Assert.True(RecordMessage.TryDecode(await seller.Network.BeAskedAsync(stranger.Peer, RecordMessage.Protocol, question), 64, out var second));
        Assert.Equal((1, 0), (first.Records.Count, second.Records.Count));
    });

    [Fact]
    public void Nothing_but_a_message_is_answered_with_nothing() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        await seller.PublishAsync();
        using var stranger = new Somebody(9);

        Assert.Equal(0, (await seller.Network.BeAskedAsync(stranger.Peer, RecordMessage.Protocol, new byte[] { 0xFF, 0xFF })).Length);
        var many = RecordMessage.Empty with { Records = [.. Enumerable.Repeat(new ReadOnlyMemory<byte>([1]), new ExchangeOptions().MaxRecordsPerMessage + 1)], Sums = new byte[1] };
        Assert.Equal(0, (await seller.Network.BeAskedAsync(stranger.Peer, RecordMessage.Protocol, many.Encode())).Length);
    });

    private static string IdOf(string key) => Marketplace.Listings.ListingKey.TryParse(key, out var id) ? id : "";
}
