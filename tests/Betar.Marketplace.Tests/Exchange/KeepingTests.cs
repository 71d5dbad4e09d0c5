using System.Security.Cryptography;
using Betar.Blocks;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class KeepingTests
{
    [Fact]
    public void A_version_is_on_disk_before_anybody_hears_of_it() => MarketWorld.Run(async world =>
    {
        var store = new WatchedStore();
        var seller = await world.AddAsync(1, store: store);
        store.OnPut = rows =>
        {
            Assert.Empty(world.Set.Nodes);
            Assert.Empty(world.Topics.Messages);
            Assert.NotEmpty(rows);
        };

        await seller.PublishAsync();

        Assert.Equal(1, store.Puts);
        Assert.Single(world.Set.Nodes);
    });

    [Fact]
    public void Who_waits_for_a_record_is_told_once_it_is_kept_by_its_seller_and_by_others() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        await seller.PublishAsync();
        await world.PassAsync(TimeSpan.FromSeconds(31));

        var record = Assert.Single(seller.Blocks.Announced);
        Assert.Equal([record], buyer.Blocks.Announced);
    });

    [Fact]
    public void A_disk_that_fails_keeps_the_version_from_everybody_and_is_tried_again() => MarketWorld.Run(async world =>
    {
        var store = new WatchedStore { OnPut = _ => throw new IOException("full") };
        var seller = await world.AddAsync(1, store: store);

        await Assert.ThrowsAsync<IOException>(() => seller.PublishAsync());
        Assert.Empty(world.Set.Nodes);

        store.OnPut = null;
        await world.PassAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(1, store.Puts);
        var again = await seller.PublishAsync();
        Assert.True(again.Changed);
        Assert.Single(world.Set.Nodes);
    });

    [Fact]
    public void Records_of_others_outlive_a_restart_and_those_that_rot_are_left_out() => MarketWorld.Run(async world =>
    {
        var store = new MemoryListingStore();
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2, store: store);
        var id = (await seller.PublishAsync()).Id;
        await seller.PublishAsync("other");
        await world.PassAsync(TimeSpan.FromSeconds(11));
        var rows = await store.LoadAsync(CancellationToken.None);
        await store.PutAsync([rows.Single(row => row.Id != id) with { Record = new byte[] { 1, 2, 3 } }], CancellationToken.None);
        buyer.Network.IsCutOff = seller.Network.IsCutOff = true;
        buyer.Blocks.IsCutOff = true;

        await buyer.RestartAsync();
        await world.SettleAsync();

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
        Assert.NotEqual(TrustLevel.Verified, buyer.TrustIn(seller.Somebody.Id("other")));
    });

    [Fact]
    public void A_start_believes_the_hash_of_what_it_checked_and_checks_what_has_none() => MarketWorld.Run(async world =>
    {
        var store = new MemoryListingStore();
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2, store: store);
        string[] ids = [(await seller.PublishAsync("kept")).Id, (await seller.PublishAsync("forged")).Id, (await seller.PublishAsync("unchecked")).Id];
        await world.PassAsync(TimeSpan.FromSeconds(11));
        var rows = (await store.LoadAsync(default)).ToDictionary(row => row.Id);
        Assert.All(rows.Values, row => Assert.Equal(SHA256.HashData(row.Record.Span), row.Checked.ToArray()));
        // A signature that does not hold, once under its hash, as if it had been checked, and once not.
        byte[] Broken(string id) => [.. rows[id].Record.ToArray().SkipLast(1), (byte)(rows[id].Record.Span[^1] ^ 1)];
        await store.PutAsync(
        [
            rows[ids[0]] with { Record = Broken(ids[0]), Checked = SHA256.HashData(Broken(ids[0])) }, rows[ids[1]] with { Record = Broken(ids[1]) },
            rows[ids[2]] with { Checked = default },
        ], default);
        buyer.Network.IsCutOff = seller.Network.IsCutOff = true;
        buyer.Blocks.IsCutOff = true;

        await buyer.RestartAsync();
        await world.SettleAsync();

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(ids[0]));
        Assert.NotEqual(TrustLevel.Verified, buyer.TrustIn(ids[1]));
        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(ids[2]));
    });

    [Fact]
    public void What_is_forgotten_is_forgotten_on_disk_too() => MarketWorld.Run(async world =>
    {
        var store = new MemoryListingStore();
        var seller = await world.AddAsync(1, options => options.TendInterval = TimeSpan.FromMinutes(10));
        var buyer = await world.AddAsync(2, options => options.TendInterval = TimeSpan.FromMinutes(10), store);
        var id = (await seller.PublishAsync()).Id;
        await seller.StopAsync();
        buyer.Replica.Delete(id);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(await store.LoadAsync(CancellationToken.None));

        await world.PassAsync(TimeSpan.FromDays(14.1));

        Assert.Empty(await store.LoadAsync(CancellationToken.None));
        Assert.Empty(buyer.Blocks.Pinned);
    });

    [Fact]
    public void The_newest_record_of_a_listing_is_pinned_in_place_of_the_one_before() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        await seller.PublishAsync("other");
        await seller.PublishAsync();
        await world.PassAsync(TimeSpan.FromSeconds(11));
        var before = buyer.Blocks.Pinned.Values.Select(blocks => Assert.Single(blocks).Cid).ToHashSet();

        await world.PassAsync(TimeSpan.FromDays(3.6));

        var after = buyer.Blocks.Pinned.Values.Select(blocks => Assert.Single(blocks).Cid).ToHashSet();
        Assert.Equal((2, 2), (before.Count, after.Count));
        Assert.Empty(before.Intersect(after));
        Assert.Equal(after, seller.Blocks.Pinned.Values.Select(blocks => Assert.Single(blocks).Cid).ToHashSet());
    });

    [Fact]
    public void A_full_block_store_keeps_nobody_from_selling() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        seller.Blocks.IsFull = true;

        var id = (await seller.PublishAsync()).Id;

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
    });

    [Fact]
    public void A_record_that_nobody_sends_is_asked_for_ever_more_rarely_and_then_no_more() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var seller = new Somebody(9);
        var signed = seller.Sign();
        world.Set.Write(seller.Peer, [new Marketplace.Replication.ReplicaWrite(ListingKey.Of(seller.Id()), ListingJson.Encode(signed.Record.ToListing(signed.Cid.ToString())))]);
        await world.SettleAsync();
        Assert.Equal((1, 1), (buyer.Blocks.Fetched.Count, buyer.Market.Fetching));

        await world.PassAsync(TimeSpan.FromMinutes(1.5));
        Assert.Equal(2, buyer.Blocks.Fetched.Count);
        await world.PassAsync(TimeSpan.FromMinutes(4.5));
        Assert.Equal(3, buyer.Blocks.Fetched.Count);
        await world.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal((5, 0), (buyer.Blocks.Fetched.Count, buyer.Market.Fetching));
        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(seller.Id()));
    });

    [Fact]
    public void A_record_of_another_listing_behind_the_name_is_not_believed() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var seller = new Somebody(9);
        var signed = seller.Sign("other");
        world.Blocks[signed.Cid] = new Block(signed.Cid, signed.Envelope);

        buyer.Replica.Put(seller.Listing() with { Metadata = signed.Cid.ToString() });
        await world.SettleAsync();

        Assert.Equal(1, buyer.Market.RecordFaults[Marketplace.Records.RecordFault.OtherListing]);
        Assert.Equal(TrustLevel.Hearsay, buyer.TrustIn(seller.Id()));
        Assert.Null(buyer.Market.Find(seller.Id("other")));
    });

    [Theory]
    [InlineData("bafybeiggmpyfg4rsgnqoeemmowrcqbas2cy7tikire2juvdj5kt6bft3ii")]
    [InlineData("")]
    [InlineData("not a cid")]
    public void Metadata_that_names_no_record_is_left_alone(string metadata) => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var seller = new Somebody(9);

        buyer.Replica.Put(seller.Listing() with { Metadata = metadata });
        await world.SettleAsync();

        Assert.Empty(buyer.Blocks.Fetched);
    });

    [Fact]
    public void Only_so_many_wait_to_be_fetched() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1, options => options.Exchange.MaxWaitingFetches = 3);
        using var seller = new Somebody(9);
        for (var n = 0; n < 10; n++)
            buyer.Replica.Put(seller.Listing($"a{n}") with { Metadata = seller.Sign($"a{n}").Cid.ToString() });
        await world.SettleAsync();

        Assert.Equal(3, buyer.Market.Fetching);
    });

    private sealed class WatchedStore : IListingStore
    {
        private readonly MemoryListingStore _inner = new();

        public Action<IReadOnlyList<ListingRow>>? OnPut { get; set; }

        public int Puts { get; private set; }

        public ValueTask<IReadOnlyList<ListingRow>> LoadAsync(CancellationToken cancellationToken) => _inner.LoadAsync(cancellationToken);

        public ValueTask PutAsync(IReadOnlyList<ListingRow> rows, CancellationToken cancellationToken)
        {
            OnPut?.Invoke(rows);
            Puts++;
            return _inner.PutAsync(rows, cancellationToken);
        }

        public ValueTask RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => _inner.RemoveAsync(ids, cancellationToken);
    }
}
