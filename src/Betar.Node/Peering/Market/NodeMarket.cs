using Betar.Blocks.Exchange;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Marketplace;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Records;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Syncing;
using Betar.Marketplace.Trust;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Folder;
using Betar.Storage;
using Betar.Storage.Blocks;
using Betar.Storage.Market;

namespace Betar.Node.Peering.Market;

/// <summary>
/// A node's part in the marketplace: its store, the exchange of blocks, the replicated set, and the listings that are made of it. Opened before the
/// host listens, started once it does, and closed in the other order while the host is still there.
/// </summary>
internal sealed class NodeMarket : IMarketFacts, IAsyncDisposable
{
    /// <summary>Listings are written in batches and seldom read again: a quarter of the ledger's cache is plenty.</summary>
    private const int WriterCacheKiB = 8_192;

    private readonly NodeParts _parts = new();
    private readonly Libp2pHost _host;
    private Replica _replica = null!;
    private MarketplaceNode _market = null!;

    private NodeMarket(Libp2pHost host) => _host = host;

    public IMarketplace Market => _market;

    /// <summary>What the control socket answers about it.</summary>
    public Dictionary<string, ControlHandler> Handlers { get; private set; } = [];

    /// <summary>Fails when the disk has stopped the store's writer.</summary>
    public Task StoreStopped { get; private set; } = Task.CompletedTask;

    public MarketProgress Progress
    {
        get
        {
            ReplicaProgress replica = _replica.Progress;
            return new MarketProgress(replica.Settled, replica.Wanted + replica.Loose + _market.Fetching, replica.Absent, replica.Height, replica.StoreBytes);
        }
    }

    public IReadOnlyDictionary<RecordFault, long> RecordFaults => _market.RecordFaults;

    public static async Task<NodeMarket> OpenAsync(
        DataFolder folder, IdentityKey identity, Libp2pHost host, IPubSub pubSub, Func<PeerId, double?> score,
        IReadOnlyDictionary<string, MarketRequestHandler> answers, NodeContext context, CancellationToken cancellationToken)
    {
        var market = new NodeMarket(host);
        try
        {
            await market.OpenAsync(folder, identity, pubSub, score, answers, context, cancellationToken);
            return market;
        }
        catch
        {
            await market.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes up what is stored and hears of the others.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _market.StartAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> AddressesAsync(PeerId peer, CancellationToken cancellationToken)
    {
        IEnumerable<Multiaddr> dialled = _host.Connections.Where(connection => connection.Peer == peer && !connection.Inbound).Select(connection => connection.Remote.WithoutPeer());
        return [.. dialled.Concat((await _host.GetPeerAsync(peer, cancellationToken)).Addresses).Distinct().Select(address => address.WithPeer(peer).ToString())];
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task OpenAsync(
        DataFolder folder, IdentityKey identity, IPubSub pubSub, Func<PeerId, double?> score,
        IReadOnlyDictionary<string, MarketRequestHandler> answers, NodeContext context, CancellationToken cancellationToken)
    {
        MarketDatabase database = _parts.Own(MarketDatabase.Open(folder.Market, new BetarDatabaseOptions { WriterCacheKiB = WriterCacheKiB }, context.Loggers));
        StoreStopped = database.Stopped;
        IMarketBlocks records = database.OpenBlocks();
        var blocks = new ReplicaBlockStore(database.Replica, records, records);
        BitswapExchange bitswap = _parts.Own(new BitswapExchange(_host, blocks, blocks, new BitswapOptions(), TaskScheduler.Default, context.Time, context.Loggers));
        var options = new ReplicaOptions();
        var policy = new ListingEntryPolicy();
        var sync = new HostReplicaExchange(_host, options);
        _replica = _parts.Own(await Replica.OpenAsync(
            new ReplicaParts
            {
                PubSub = pubSub, Source = bitswap, Announcer = bitswap, Store = database.Replica, Exchange = sync, Options = options, Policy = policy, Time = context.Time,
                Loggers = context.Loggers,
            },
            cancellationToken));
        _parts.Own(sync.Serve(_replica));
        HostMarketNetwork network = _parts.Own(new HostMarketNetwork(_host, context.Time));
        var trade = new MarketplaceOptions { PathScore = score };
        foreach ((string type, MarketRequestHandler answer) in answers)
            trade.Handlers.Add(type, answer);
        _market = _parts.Own(new MarketplaceNode(
            new MarketplaceParts
            {
                Identity = identity, Network = network, PubSub = pubSub, Replica = _replica, Facts = _replica, Policy = policy, Blocks = records, Source = bitswap, Announcer = bitswap, Store = database.Listings,
                Time = context.Time, Loggers = context.Loggers,
            },
            trade));
        MarketChangeLog changes = _parts.Own(new MarketChangeLog(_market, context.Time));
        Handlers = new MarketControl(_market, this, changes, context.Time).Handlers;
    }
}
