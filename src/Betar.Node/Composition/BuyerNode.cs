using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains;
using Betar.Grains.Buying;
using Betar.Grains.Hosting;
using Betar.Grains.Settlement;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Storage;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Networks;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Betar.Node.Composition;

/// <summary>A running buyer: purchases and budgets as grains on one silo, a wallet, and the way to sellers.</summary>
internal sealed class BuyerNode : IAsyncDisposable
{
    public const string WalletName = "buyer";

    private readonly NodeParts _parts = new();
    private Libp2pHost _host = null!;

    private BuyerNode(DataFolder folder) => Folder = folder;

    public DataFolder Folder { get; }

    public IGrainFactory Grains { get; private set; } = null!;

    public Address Wallet { get; private set; }

    /// <summary>The sellers' channel itself, for what goes beside the grains: the demo shows a forged payment with it.</summary>
    public ISellerChannel Sellers { get; private set; } = null!;

    /// <summary>Signs for the wallet beside the grains; only the demo's forger needs it.</summary>
    public AuthorizationSigner Signer { get; private set; } = null!;

    /// <summary>Fails when the disk has stopped the store's writer.</summary>
    public Task StoreStopped { get; private set; } = Task.CompletedTask;

    /// <param name="folder">The buyer's own data.</param>
    /// <param name="chain">The chain that it pays on; not the buyer's to close.</param>
    /// <param name="funds">The test chain's faucet fills the wallet up to this.</param>
    /// <param name="context">What the process shares.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="CliRefusedException">Something that the node needs cannot be had; nothing is left open.</exception>
    public static async Task<BuyerNode> StartAsync(
        DataFolder folder, ChainLink chain, AtomicAmount funds, NodeContext context, CancellationToken cancellationToken)
    {
        var node = new BuyerNode(folder);
        try
        {
            await node.OpenAsync(chain, funds, context, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>By whom sellers know this buyer.</summary>
    public PeerId PeerId => _host.PeerId;

    /// <summary>Asks a seller what it lists.</summary>
    public async Task<IReadOnlyList<Listing>> DiscoverAsync(Multiaddr seller, CancellationToken cancellationToken) =>
        (await ListingQuery.AskAsync(_host, seller, cancellationToken)).OrThrow();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task OpenAsync(ChainLink chain, AtomicAmount funds, NodeContext context, CancellationToken cancellationToken)
    {
        _parts.Own(NodeLock.Acquire(Folder));
        PrivateKey key = _parts.Own(new Wallets(Folder, context.Environment).LoadOrCreate(WalletName));
        Signer = new AuthorizationSigner(key, context.Time);
        Wallet = Signer.Payer;
        await chain.FillAsync(Wallet, funds, cancellationToken);
        BetarDatabase database = _parts.Own(BetarDatabase.Open(Folder.Database, null, context.Time, context.Loggers));
        StoreStopped = database.Stopped;
        NodePeer peer = _parts.Own(await NodePeer.StartAsync(Folder, [], database.Peers, context, _ => { }, cancellationToken));
        _host = peer.Host;
        var sellers = new PeerSellerChannel(_host, new X402ClientOptions(), context.Time);
        Sellers = sellers;
        SiloGroup silo = _parts.Own(await SiloGroup.StartAsync(
            $"betar-buyer-{Wallet}", 1, (services, _) => Register(services, database, sellers, key, chain, context), context.Loggers, cancellationToken));
        Grains = silo.Grains;
    }

    private static void Register(
        IServiceCollection services, BetarDatabase database, ISellerChannel sellers, PrivateKey key, ChainLink chain, NodeContext context)
    {
        services.AddSingleton(context.Time);
        services.AddBetarStorage(BetarStorage.Name, database);
        services.AddSingleton(sellers);
        services.AddSingleton<IWallets>(new OneWallet(key));
        services.AddSingleton(chain.Assets);
        services.AddSingleton(chain.Asset);
        services.AddBetarBuying();
    }

    private sealed class OneWallet(PrivateKey key) : IWallets
    {
        private readonly Address _address = Address.FromKey(key);

        public PrivateKey? Find(Address address) => address == _address ? key : null;
    }
}
