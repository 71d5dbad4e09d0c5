using System.Net;
using Betar.Ethereum;
using Betar.Grains;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Fleet;
using Betar.Grains.Hosting;
using Betar.Grains.Listings;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Selling;
using Betar.Node.Configuration;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Node.Selling;
using Betar.Storage;
using Betar.Storage.Agents;
using Betar.Storage.Ledger;
using Betar.Storage.Peers;
using Betar.X402.Challenges;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Betar.Node.Composition;

/// <summary>A running seller: the composition root of a fleet.</summary>
internal sealed class SellerNode : IAsyncDisposable
{
    private readonly NodeParts _parts = new();
    private readonly NodeContext _context;
    private readonly IReadOnlyList<INodePart> _features = FleetParts.Create();
    private IFacilitator? _facilitator;
    private ListingDesk _listings = null!;

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

    public IGrainFactory Grains { get; private set; } = null!;

    /// <summary>Of the first silo: what the parts of the node have registered.</summary>
    public IServiceProvider Services { get; private set; } = null!;

    public NodeContext Context => _context;

    /// <summary>What the node was started with.</summary>
    public SellerOptions Options { get; private set; } = null!;

    /// <summary>What the parts of the node answer.</summary>
    public IEnumerable<KeyValuePair<string, ControlHandler>> PartHandlers => _features.SelectMany(part => part.Handlers(this));

    /// <summary>The part of that kind, for what it says of itself.</summary>
    public T Part<T>() where T : INodePart => _features.OfType<T>().First();

    /// <summary>The node among others: who is connected, and what they gossip.</summary>
    public NodeNetwork Network { get; private set; } = null!;

    public SellerKeys Keys { get; private set; } = null!;

    /// <summary>Where peers reach the fleet, its peer id included.</summary>
    public IReadOnlyList<Multiaddr> Addresses { get; private set; } = [];

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
    public IReadOnlyList<Listing> Listings() =>
    [
        .. Offers.All.Select(spec => new Listing
        {
            Id = spec.AgentId,
            Name = spec.Name,
            Price = spec.Price.ToUsdc(),
            PriceAtomic = spec.PriceAtomic,
            SellerId = Identity.PeerId,
            Addresses = [.. Addresses.Select(address => address.WithoutPeer().ToString())],
            Timestamp = _context.Time.GetUtcNow().ToUnixTimeSeconds(),
            PayTo = spec.PayTo,
        }),
    ];

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private ListingOffer OfferOf(AgentSpec spec) => new()
    {
        Id = spec.AgentId,
        Name = spec.Name,
        Price = spec.Price,
        Payee = spec.PayTo,
        Network = Chain.Asset.Network.ToString(),
        Token = Chain.Asset.Address.ToString(),
        Addresses = [.. Addresses.Select(address => address.WithoutPeer().ToString())],
        Protocols = [StreamProtocol.Id],
    };

    private async Task OpenAsync(SellerOptions options, CancellationToken cancellationToken)
    {
        Options = options;
        _parts.Own(NodeLock.Acquire(Folder));
        Identity = NodeIdentity.LoadOrCreate(Folder).OrThrow();
        Keys = _parts.Own(SellerKeys.LoadOrCreate(new Wallets(Folder, _context.Environment), options.Settlers));
        ChallengeKeyRing ring = _parts.Own(ChallengeKeys.LoadOrCreate(Folder, new ChallengeOptions(), _context.Time));
        Chain = _parts.Own(await ChainOpener.OpenAsync(Folder, options.Network, _context, cancellationToken));
        BetarDatabase database = _parts.Own(BetarDatabase.Open(
            Folder.Database,
            new BetarDatabaseOptions { Ledger = new LedgerOptions { Signer = new PrivateKeyCheckpointSigner(Keys.Ledger) } },
            _context.Time, _context.Loggers));
        Database = database;
        StoreStopped = database.Stopped;
        Offers = await LoadOffersAsync(database.Agents, cancellationToken);

        var refunds = new RefundAccount(Keys.Refund, Chain.Assets);
        await FundAsync(options, refunds.Address, cancellationToken);
        if (options.Facilitator is { } elsewhere)
            _facilitator = (await FacilitatorElsewhere.OpenAsync(
                elsewhere, _parts.Own(new HttpClient { Timeout = Timeout.InfiniteTimeSpan }), Chain.Asset, _context, cancellationToken)).OrThrow();
        _listings = new ListingDesk(_context.Time);
        SiloGroup silos = _parts.Own(await SiloGroup.StartAsync(
            $"betar-{Identity.PeerId}", options.Silos, services => Register(services, database, refunds, ring), _context.Loggers, cancellationToken));
        Grains = silos.Grains;
        Services = silos.Services;
        await silos.Services.GetRequiredService<RefundFloat>().RefreshAsync();
        await DeclareAsync(options.Agents);
        await ListenAsync(options, silos, database.Peers, cancellationToken);
        foreach (INodePart part in _features)
            await part.StartAsync(this, _parts, cancellationToken);
    }

    private static async Task<OfferBook> LoadOffersAsync(IAgentTable table, CancellationToken cancellationToken)
    {
        var offers = new OfferBook();
        await foreach (AgentTableRow row in table.ReadAllAsync(cancellationToken))
            offers.Put(AgentRow.Decode(row.Spec));
        return offers;
    }

    private void Register(IServiceCollection services, BetarDatabase database, RefundAccount refunds, ChallengeKeyRing ring)
    {
        var challenges = new ChallengeIssuer(ring, new ChallengeOptions(), _context.Time);
        services.AddSingleton(_context.Time);
        services.AddBetarStorage(BetarStorage.Name, database);
        services.AddSingleton(database.Agents);
        services.AddSingleton(Offers);
        services.AddSingleton(Chain.Client);
        services.AddSingleton(Chain.Token);
        services.AddSingleton(Chain.Asset);
        services.AddSingleton(Chain.Assets);
        services.AddSingleton(new SettlementAccounts([.. Keys.Settlers.Select(key => new SettlementAccount(Chain.Asset.Network, key))]));
        services.AddSingleton(Chain.Fees);
        services.Configure<SettlementOptions>(settlement => settlement.Confirmations = Chain.Network.Confirmations);
        services.AddSingleton(refunds);
        services.AddSingleton<RefundFloat>();
        services.AddSingleton(new SellerIdentity(Identity.PeerId));
        services.AddSingleton<OfferTerms>();
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton(challenges);
        services.AddSingleton(new PaymentVerifier(challenges, new VerificationOptions()));
        if (_context.Environment(KillAtFaultPoint.Variable) is { Length: > 0 } point)
            services.AddSingleton<IFaultPoints>(new KillAtFaultPoint(point));
        if (_facilitator is { } facilitator)
        {
            services.AddSingleton(facilitator);
            services.AddSingleton<IPaymentSettling, FacilitatorSettling>();
        }
        services.AddSingleton<IListingDesk>(_listings);
        foreach (INodePart part in _features)
            part.Register(services, this);
        services.AddBetarGrains();
    }

    private async Task FundAsync(SellerOptions options, Address refundAccount, CancellationToken cancellationToken)
    {
        await Chain.FillAsync(refundAccount, options.RefundFloat, cancellationToken);
        foreach (FundRequest fund in options.Fund)
            await Chain.FundAsync(fund, cancellationToken);
    }

    /// <summary>Brings the fleet to what is declared: what is new or changed is declared, what is gone is retired.</summary>
    private async Task DeclareAsync(IReadOnlyList<AgentDeclaration> agents)
    {
        IFleetGrain fleet = Grains.GetGrain<IFleetGrain>(IFleetGrain.Key);
        Address payee = Address.FromKey(Keys.Payee);
        Dictionary<string, AgentSpec> declared = agents
            .Select(agent => AgentSpecs.Of(agent, Identity.AgentId(agent.Name), payee))
            .ToDictionary(spec => spec.AgentId, StringComparer.Ordinal);
        foreach (AgentSpec gone in await fleet.List())
            if (!declared.ContainsKey(gone.AgentId))
                await fleet.Retire(gone.AgentId);
        foreach (AgentSpec spec in declared.Values)
        {
            Outcome<AgentSpec> outcome = await fleet.Declare(spec);
            if (!outcome.IsOk)
                throw new CliRefusedException(Refusals.Of(outcome.Refusal));
        }
    }

    private async Task ListenAsync(SellerOptions options, SiloGroup silos, IPeerTable peers, CancellationToken cancellationToken)
    {
        ILogger<SellerNode> log = _context.Loggers.CreateLogger<SellerNode>();
        X402StreamServer server = _parts.Own(new X402StreamServer(
            silos.Services.GetRequiredService<SalesDesk>(), new X402ServerOptions(), _context.Time,
            (fault, call) => HandlerFaults.LogFault(log, fault, call.Peer)));
        NodePeer peer = _parts.Own(NodePeer.Open(Folder, options.Listen, peers, _context, host => SellerProtocols.Serve(host, server)));
        bool isLocal = options.Listen.All(address => address.TryGetIpEndPoint(out IPEndPoint? at) && IPAddress.IsLoopback(at.Address));
        Network = _parts.Own(await NodeNetwork.CreateAsync(Folder, peer, options.Finding with { LoopbackOnly = isLocal }, _context, cancellationToken));
        if (await peer.ListenAsync(cancellationToken) is { } refusal)
            throw new CliRefusedException(refusal);
        Addresses = peer.Host.Addresses;
        await Network.StartAsync(market => _listings.OpenAsync(market, OfferOf, Offers.All), cancellationToken);

        // Closed before the marketplace goes: from then on nothing is published.
        _parts.Own(_listings);
    }
}
