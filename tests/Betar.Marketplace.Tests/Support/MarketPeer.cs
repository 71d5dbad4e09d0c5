using Betar.Libp2p.Identity;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Records;
using Betar.Marketplace.Selling;
using Betar.Marketplace.Trust;
using Betar.X402;

namespace Betar.Marketplace.Tests.Support;

/// <summary>One node of a <see cref="MarketWorld"/>.</summary>
internal sealed class MarketPeer
{
    private readonly MarketWorld _world;
    private readonly MarketplaceOptions _options;
    private readonly IListingStore _store;
    private bool _stopped;

    public MarketPeer(MarketWorld world, byte seed, MarketplaceOptions options, IListingStore store)
    {
        (_world, _options, _store) = (world, options, store);
        Somebody = new Somebody(seed);
        Network = new FakeNetwork(world, Somebody.Peer);
        Replica = new FakeReplica(world, Somebody.Peer);
        Blocks = new FakeBlocks(world);
        Market = Make();
    }

    public Somebody Somebody { get; }

    public FakeNetwork Network { get; }

    public FakeReplica Replica { get; }

    public FakeBlocks Blocks { get; }

    public ListingEntryPolicy Policy { get; } = new();

    public MarketplaceNode Market { get; private set; }

    public List<MarketChange> Changes { get; } = [];

    public PeerId Peer => Somebody.Peer;

    public async Task StartAsync()
    {
        Market.Changed += (_, change) => Changes.Add(change);
        await Market.StartAsync(CancellationToken.None);
        _stopped = false;
        _world.Peers.Add(this);
        foreach (var other in _world.Peers.Where(other => other != this))
        {
            other.Network.Met(Peer);
            Network.Met(other.Peer);
        }
    }

    /// <summary>The process ends and begins again; its store and its replica stay.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _world.Peers.Remove(this);
        Market = Make();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        if (!_stopped)
            await Market.DisposeAsync();
        _stopped = true;
    }

    public ListingOffer Offer(string name = "alpha", ulong price = 1000) => new()
    {
        Id = Somebody.Id(name),
        Name = name,
        Price = price,
        Payee = Somebody.Record().Payee,
        Network = Somebody.Record().Network,
        Token = Somebody.Record().Token,
        Addresses = ["/ip4/192.168.1.5/tcp/4001"],
        Protocols = ["/x402/libp2p/1.0.0"],
        Skills = Somebody.Record().Skills,
    };

    public async Task<PublishResult> PublishAsync(string name = "alpha", ulong price = 1000)
    {
        var results = await Market.PublishAsync([Offer(name, price)], CancellationToken.None);
        await _world.SettleAsync();
        return Assert.Single(results);
    }

    public async Task WithdrawAsync(string name = "alpha")
    {
        await Market.WithdrawAsync([Somebody.Id(name)], CancellationToken.None);
        await _world.SettleAsync();
    }

    public async Task<WhyReport?> WhyAsync(string id) => await Market.WhyAsync(id, CancellationToken.None);

    public async Task<ConvergenceReceipt?> ReceiptAsync(string id) => await Market.ReceiptAsync(id, CancellationToken.None);

    /// <summary>What the replica would tell beside its values; set before a restart.</summary>
    public Marketplace.Replication.IReplicaFacts? Facts { get; set; }

    public TrustLevel? TrustIn(string id) => Market.Find(id)?.Trust;

    private MarketplaceNode Make() => new(
        new MarketplaceParts
        {
            Identity = Somebody.Key,
            Network = Network,
            PubSub = _world.Topics.For(Peer),
            Replica = Replica,
            Facts = Facts,
            Policy = Policy,
            Blocks = Blocks,
            Source = Blocks,
            Announcer = Blocks,
            Store = _store,
            Time = _world.Time,
            Scheduler = _world.Scheduler,
        },
        _options);
}
