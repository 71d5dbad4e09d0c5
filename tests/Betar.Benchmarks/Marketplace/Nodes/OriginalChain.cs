using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication.Wire;
using Betar.X402;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>A peer that is none of ours and has what an original node wrote: a listing in each node of the graph, each on the one before. It serves blocks and tells its head.</summary>
internal sealed class OriginalChain : IAsyncDisposable
{
    private const string Topic = "betar/marketplace/crdt";

    private readonly IdentityKey _identity;
    private readonly Dictionary<string, AtomicAmount> _listings = new(StringComparer.Ordinal);
    private readonly GossipSub _gossip;
    private readonly BitswapExchange _bitswap;

    private OriginalChain(IdentityKey identity, Libp2pHost host, GossipSub gossip, BitswapExchange bitswap) =>
        (_identity, Host, _gossip, _bitswap) = (identity, host, gossip, bitswap);

    public Libp2pHost Host { get; }

    public IReadOnlyDictionary<string, AtomicAmount> Listings => _listings;

    public static async Task<OriginalChain> StartAsync(VirtualMarket market, int length)
    {
        IdentityKey identity = market.NextIdentity();
        GossipSub gossip = market.Builder().WithIdentity(identity).WithTime(market.Time).WithScheduler(market.Scheduler).BuildWithGossipSub(out Libp2pHost host);
        var store = new MemoryBlockStore();
        var bitswap = new BitswapExchange(host, store, store, new BitswapOptions(), market.Scheduler, market.Time, NullLoggerFactory.Instance);
        var chain = new OriginalChain(identity, host, gossip, bitswap);
        NodeId? head = null;
        for (int i = 0; i < length; i++)
            head = await chain.WriteAsync(store, head, i, market.Time.GetUtcNow());
        ITopic topic = gossip.Join(Topic, (_, _) => ValueTask.FromResult(MessageVerdict.Accept));
        byte[] told = HeadsCodec.Encode([head!.Value]);
        topic.PeerChanged += async (_, change) =>
        {
            if (change.Joined)
                await topic.PublishAsync(told);
        };
        await host.StartAsync();
        return chain;
    }

    public async ValueTask DisposeAsync()
    {
        await _bitswap.DisposeAsync();
        await _gossip.DisposeAsync();
        await Host.DisposeAsync();
        _identity.Dispose();
    }

    private async Task<NodeId> WriteAsync(MemoryBlockStore store, NodeId? parent, int number, DateTimeOffset now)
    {
        string name = $"agent {number}";
        var listing = new Listing
        {
            Id = Offers.IdOf(_identity, name), Name = name, Price = "0.001", SellerId = Host.PeerId.ToString(), Addresses = ["/ip4/192.0.2.1/tcp/4001"],
            Protocols = ["/x402/libp2p/1.0.0"], Timestamp = now.ToUnixTimeSeconds(),
        };
        _listings.Add(listing.Id, 1_000);
        byte[] bytes = NodeCodec.Encode(
            parent is { } before ? [before] : [], new Delta([DeltaElement.Put(ListingKey.Of(listing.Id), ListingJson.Encode(listing))], [], (ulong)number + 1));
        NodeId id = NodeId.Of(bytes);
        await store.PutAsync([new Block(id.ToCid(), bytes)], CancellationToken.None);
        return id;
    }
}
