using Betar.Blocks.Exchange;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Marketplace;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Syncing;
using Betar.Marketplace.Trust;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>All of a node that has to do with the marketplace, put together as the node does it.</summary>
internal sealed class MarketHost : IAsyncDisposable
{
    private readonly Stack<object> _parts = new();

    private MarketHost(IdentityKey identity, Libp2pHost host) => (Identity, Host) = (identity, host);

    public IdentityKey Identity { get; }

    public Libp2pHost Host { get; }

    public Replica Replica { get; private set; } = null!;

    public MarketplaceNode Market { get; private set; } = null!;

    /// <param name="identity">Ends with the node.</param>
    /// <param name="builder">Of its host, which is started.</param>
    /// <param name="stores">End with the node.</param>
    /// <param name="time">Of all of it.</param>
    /// <param name="scheduler">Of all of it.</param>
    /// <param name="configure">Puts more onto the host before it listens; null: nothing.</param>
    public static async Task<MarketHost> StartAsync(
        IdentityKey identity, Libp2pHostBuilder builder, MarketStores stores, TimeProvider time, TaskScheduler scheduler, Action<MarketHost>? configure = null)
    {
        var node = new MarketHost(identity, builder.WithIdentity(identity).WithTime(time).WithScheduler(scheduler).Build());
        node.Own(identity);
        node.Own(node.Host);
        node.Own(stores);
        var gossip = node.Own(new GossipSub(node.Host));
        var blocks = new ReplicaBlockStore(stores.Replica, stores.Blocks, stores.Published);
        var bitswap = node.Own(new BitswapExchange(node.Host, blocks, blocks, new BitswapOptions(), scheduler, time, NullLoggerFactory.Instance));
        var options = new ReplicaOptions();
        var policy = new ListingEntryPolicy();
        var sync = new HostReplicaExchange(node.Host, options);
        node.Replica = node.Own(await Replica.OpenAsync(
            new ReplicaParts { PubSub = gossip, Source = bitswap, Store = stores.Replica, Exchange = sync, Options = options, Policy = policy, Time = time, Scheduler = scheduler },
            CancellationToken.None));
        node.Own(sync.Serve(node.Replica));
        var network = node.Own(new HostMarketNetwork(node.Host, time));
        node.Market = node.Own(new MarketplaceNode(
            new MarketplaceParts
            {
                Identity = identity, Network = network, PubSub = gossip, Replica = node.Replica, Facts = node.Replica, Policy = policy, Blocks = stores.Pinned,
                Source = bitswap, Store = stores.Listings, Time = time, Scheduler = scheduler,
            },
            new MarketplaceOptions()));
        configure?.Invoke(node);
        await node.Host.StartAsync();
        await node.Market.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Ends with the node, before what was given earlier.</summary>
    public T Own<T>(T part)
        where T : notnull
    {
        _parts.Push(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out object? part))
        {
            if (part is IAsyncDisposable slow)
                await slow.DisposeAsync();
            else
                (part as IDisposable)?.Dispose();
        }
    }
}
