using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Gateway;
using Betar.Grains.Fleet;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Configuration;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Node.Presence;
using Betar.Storage;
using Betar.Storage.Ledger;
using Betar.X402.Facilitating;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Betar.Node.Composition;

/// <summary>A running seller: the composition root of a fleet.</summary>
internal sealed class SellerNode : IAsyncDisposable
{
    private readonly NodeParts _parts = new();
    private readonly NodeContext _context;
    private IReadOnlyList<INodePart> _features = [];
    private FleetPresences? _presences;
    private ListedAgents _listed = null!;
    private SiloGroup _silos = null!;

    private SellerNode(DataFolder folder, NodeContext context)
    {
        Folder = folder;
        _context = context;
    }

    public DataFolder Folder { get; }

    public NodeIdentity Identity { get; private set; } = null!;

    public ChainLink Chain { get; private set; } = null!;

    public BetarDatabase Database { get; private set; } = null!;

    public ILedger Ledger => Database.Ledger;

    /// <summary>Fails when the disk has stopped the store's writer: the node is of no use any more and must go down.</summary>
    public Task StoreStopped { get; private set; } = Task.CompletedTask;

    public IOfferBook Offers { get; private set; } = null!;

    /// <summary>What brings payments onto the chain instead of this node's own accounts; null: nothing does.</summary>
    public IFacilitator? Facilitator { get; private set; }

    /// <summary>From a silo that lives; not to be kept.</summary>
    public IGrainFactory Grains => _silos.Grains;

    /// <summary>Of the first silo that lives: what the parts of the node have registered. Not to be kept.</summary>
    public IServiceProvider Services => _silos.Services;

    public SiloGroup Silos => _silos;

    public NodeContext Context => _context;

    /// <summary>Ids of the agents that the node was started with.</summary>
    public IReadOnlySet<string> Declared { get; private set; } = new HashSet<string>();

    /// <summary>What the node was started with, but for its agents, which are the fleet's since.</summary>
    public SellerOptions Options { get; private set; } = null!;

    /// <summary>What the parts of the node answer.</summary>
    public IEnumerable<KeyValuePair<string, ControlHandler>> PartHandlers => _features.SelectMany(part => part.Handlers(this));

    public IReadOnlyDictionary<string, StreamedHandler> StreamedHandlers =>
        _features.SelectMany(part => part.StreamedHandlers(this)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The part of that kind, for what it says of itself.</summary>
    public T Part<T>() where T : INodePart => _features.OfType<T>().First();

    /// <summary>The fleet's host, on whichever silo it is.</summary>
    public FleetPresences Presences => _presences!;

    /// <summary>The node among others: who is connected, and what they gossip. Another one after each move of the gateway, so not to be kept; null until it is up.</summary>
    public NodeNetwork Network => _presences?.Network!;

    public SellerKeys Keys { get; private set; } = null!;

    /// <summary>Where peers reach the fleet, its peer id included.</summary>
    public IReadOnlyList<Multiaddr> Addresses => _presences?.Addresses ?? [];

    /// <exception cref="CliRefusedException">Something that the node needs cannot be had; nothing is left open.</exception>
    public static async Task<SellerNode> StartAsync(
        DataFolder folder, SellerOptions options, NodeContext context, CancellationToken cancellationToken)
    {
        var node = new SellerNode(folder, context);
        try
        {
            await node.OpenAsync(options, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>What this node lists on the marketplace.</summary>
    public IReadOnlyList<Listing> Listings() => [.. Offers.All.Select(spec => _listed.Of(spec).ToListing(PeerId.Parse(Identity.PeerId), _context.Time.GetUtcNow()))];

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task OpenAsync(SellerOptions options, CancellationToken cancellationToken)
    {
        _features = [.. FleetParts.Create(), .. options.Parts];
        foreach (IDisposable part in _features.OfType<IDisposable>())
            _parts.Own(part);
        IReadOnlyList<AgentDeclaration> agents = options.Agents;
        options = options with { Agents = [], Finding = options.Finding with { Answers = _features.SelectMany(part => part.MarketHandlers(this)).ToDictionary(StringComparer.Ordinal) } };
        Options = options;
        _parts.Own(NodeLock.Acquire(Folder));
        Identity = NodeIdentity.LoadOrCreate(Folder).OrThrow();
        _parts.Own(IdentityMark.Take(Identity.PeerId, _context.Loggers.CreateLogger<IdentityMark>()));
        await using var elsewhere = new IdentityCheck(Folder, options.Finding.For(options.Listen), _context);
        await elsewhere.StartAsync(cancellationToken);
        await OpenPartsAsync(options, cancellationToken);
        var shared = new SellerServices(this, _parts);
        await FundAsync(options, shared.Refunds.Address, cancellationToken);
        await shared.Float.RefreshAsync();
        _listed = new ListedAgents(Chain.Asset, () => Addresses);
        _presences = _parts.Own(new FleetPresences(new PresenceSite(Folder, Database.Peers, options.Finding, shared.Listings, Offers, _listed.Of, _context), options));

        // The folder's lock says that no silo of an earlier process lives.
        await Database.Leases.BreakAsync(IGatewayGrain.Key, cancellationToken);
        _silos = _parts.Own(await SiloGroup.StartAsync(
            $"betar-{Identity.PeerId}", options.Silos, (services, silo) => shared.Register(services, silo, _features), _context.Loggers, cancellationToken));
        _parts.Own(new GatewayHandover(_silos, _presences));
        Declared = await FleetDeclaring.DeclareAsync(this, agents);
        if (await elsewhere.EndAsync(cancellationToken) is { } refusal)
            throw new CliRefusedException(refusal);
        _presences.Begin();
        await _presences.Opened.WaitAsync(cancellationToken);
        foreach (INodePart part in _features)
            await part.StartAsync(this, _parts, cancellationToken);
    }

    /// <summary>Keys, chain and store.</summary>
    private async Task OpenPartsAsync(SellerOptions options, CancellationToken cancellationToken)
    {
        Keys = _parts.Own(SellerKeys.LoadOrCreate(new Wallets(Folder, _context.Environment), options.Settlers));
        Chain = _parts.Own(await ChainOpener.OpenAsync(Folder, options.Network, _context, cancellationToken));
        Database = _parts.Own(BetarDatabase.Open(
            Folder.Database,
            new BetarDatabaseOptions { Ledger = new LedgerOptions { Signer = new PrivateKeyCheckpointSigner(Keys.Ledger) } },
            _context.Time, _context.Loggers));
        StoreStopped = Database.Stopped;
        Offers = await FleetDeclaring.LoadOffersAsync(Database.Agents, cancellationToken);
        if (options.Facilitator is { } elsewhere)
            Facilitator = (await FacilitatorElsewhere.OpenAsync(
                elsewhere, _parts.Own(new HttpClient { Timeout = Timeout.InfiniteTimeSpan }), Chain.Asset, _context, cancellationToken)).OrThrow();
    }

    private async Task FundAsync(SellerOptions options, Address refundAccount, CancellationToken cancellationToken)
    {
        await Chain.FillAsync(refundAccount, options.RefundFloat, cancellationToken);
        foreach (FundRequest fund in options.Fund)
            await Chain.FundAsync(fund, cancellationToken);
    }
}
