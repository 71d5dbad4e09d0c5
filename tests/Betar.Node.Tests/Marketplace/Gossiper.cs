using Betar.Blocks.Exchange;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Node.Composition;
using Betar.Node.Tests.Support;
using Betar.Storage.Blocks;
using Betar.Storage.Market;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Marketplace;

/// <summary>Somebody who only writes into the replicated set, over real connections: what others sell, as far as it says.</summary>
internal sealed class Gossiper : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly NodeParts _parts = new();
    private Replica _replica = null!;

    public static async Task<Gossiper> JoinAsync(string bootstrap)
    {
        var gossiper = new Gossiper();
        Libp2pHost host = gossiper._parts.Own(Libp2pHost.CreateBuilder().Build());
        GossipSub gossip = gossiper._parts.Own(new GossipSub(host));
        MarketDatabase database = gossiper._parts.Own(MarketDatabase.Open(gossiper._folder.Data.Market, null, NullLoggerFactory.Instance));
        IMarketBlocks records = database.OpenBlocks();
        var blocks = new ReplicaBlockStore(database.Replica, records, records);
        BitswapExchange bitswap = gossiper._parts.Own(
            new BitswapExchange(host, blocks, blocks, new BitswapOptions(), TaskScheduler.Default, TimeProvider.System, NullLoggerFactory.Instance));
        gossiper._replica = gossiper._parts.Own(await Replica.OpenAsync(new ReplicaParts { PubSub = gossip, Source = bitswap, Store = database.Replica }, default));
        await host.StartAsync();
        await host.ConnectAsync(Multiaddr.Parse(bootstrap));
        return gossiper;
    }

    public async Task SayAsync(Listing listing) => await _replica.WriteAsync([new ReplicaWrite(ListingKey.Of(listing.Id), ListingJson.Encode(listing))], default);

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        _folder.Dispose();
    }
}
