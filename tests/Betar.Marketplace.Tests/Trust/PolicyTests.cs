using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Trust;

/// <summary>What the set asks of the marketplace, and what the marketplace asks of the set.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void A_value_is_its_sellers_and_verified_when_it_names_the_record_that_is_held() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        var key = ListingKey.Of(id);
        var value = seller.Replica.Find(key)!.Value.ToArray();

        Assert.Equal(seller.Peer.ToString(), buyer.Policy.SellerOf(key, value));
        Assert.True(buyer.Policy.IsVerified(key, value));
        Assert.False(buyer.Policy.IsVerified(key, ListingJson.Encode(seller.Somebody.Listing())));
        Assert.False(buyer.Policy.IsVerified(ListingKey.Of("other"), value));
        Assert.Null(buyer.Policy.SellerOf(ListingKey.Of("other"), value));
        Assert.Null(buyer.Policy.SellerOf(key, "{"u8));
        Assert.False(new ListingEntryPolicy().IsVerified(key, value));

        await seller.PublishAsync(price: 9);
        Assert.False(buyer.Policy.IsVerified(key, value));
    });

    [Fact]
    public void What_the_replica_knows_is_in_receipts_and_reports() => MarketWorld.Run(async world =>
    {
        using var other = new Somebody(9);
        using var third = new Somebody(8);
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var facts = new Facts { Peers = [other.Peer, buyer.Peer, seller.Peer] };
        seller.Facts = facts;
        await seller.RestartAsync();
        await world.PassAsync(TimeSpan.FromSeconds(1));
        var result = await seller.PublishAsync();

        var receipt = (await seller.ReceiptAsync(result.Id))!;
        Assert.Equal(new[] { other.Peer, buyer.Peer }.ToHashSet(), receipt.Holders.Select(holder => holder.Peer).ToHashSet());
        Assert.Equal(2, receipt.Holders.Count);
        Assert.Equal(result.Node, facts.Asked);
        var why = (await seller.WhyAsync(result.Id))!;
        Assert.Equal(facts.Heads, why.Heads);
        Assert.Equal(QuarantineReason.SellerQuota, why.Quarantined.Single().Reason);
        Assert.Equal(receipt.Holders, why.Holders);
    });

    private sealed class Facts : IReplicaFacts
    {
        public IReadOnlyList<PeerId> Peers { get; init; } = [];

        public Cid? Asked { get; private set; }

        public IReadOnlyList<Cid> Heads { get; } = [Cid.Create(CidCodec.DagPb, Multihash.Sha256([7]))];

        public IReadOnlyList<HeadSighting> Sightings => [];

        public IReadOnlyDictionary<PeerId, DateTimeOffset> LastGossip => new Dictionary<PeerId, DateTimeOffset>();

        public ReplicaProgress Progress => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<QuarantinedEntry>> QuarantinedAsync(string key) =>
            ValueTask.FromResult<IReadOnlyList<QuarantinedEntry>>([new QuarantinedEntry(key, Heads[0], QuarantineReason.SellerQuota)]);

        public ValueTask<IReadOnlyList<HeadSighting>> HoldersAsync(Cid node, CancellationToken cancellationToken)
        {
            Asked = node;
            return ValueTask.FromResult<IReadOnlyList<HeadSighting>>([.. Peers.Select(peer => new HeadSighting(node, peer, Somebody.Start))]);
        }
    }
}
