using Betar.Ethereum;
using Betar.Grains.Buying;
using Betar.Grains.Hosting;
using Betar.Grains.Trading;
using Betar.Marketplace;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.X402.Calling;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Node.Trading;

/// <summary>Buying inside a running seller: its wallets, the way to other sellers, and whom it may ask.</summary>
internal sealed class TradingPart : INodePart
{
    private IWallets? _wallets;
    private Address _wallet;
    private FirstNews? _news;

    public void Register(IServiceCollection services, SellerNode node)
    {
        if (_wallets is null)
        {
            var wallets = new NodeWallets(new Wallets(node.Folder, node.Context.Environment));
            (_wallet, _wallets) = (wallets.Open(node.Options.BuyingWallet).OrThrow(), wallets);
        }

        IMarketplace? Market() => node.Network?.Market.Market;
        services.AddSingleton<IWallets>(_wallets);
        services.AddSingleton(new BuyingWallet(_wallet));
        services.AddSingleton<ISellerChannel>(new LateSellerChannel(() => node.Network?.Host, new X402ClientOptions(), node.Context.Time));
        services.AddSingleton<IContactReports>(new MarketContacts(Market));
        services.AddSingleton<IAgentDirectory>(new NodeDirectory(
            node.Offers, node.Identity.PeerId, Market, (peer, token) => node.Network!.Market.AddressesAsync(peer, token), () => node.Presences.Opened,
            _news ??= new FirstNews(node.Context.Time)));
        services.AddBetarTrading();
    }

    public async Task StartAsync(SellerNode node, NodeParts own, CancellationToken cancellationToken)
    {
        own.Own((NodeWallets)_wallets!);
        NetworkOptions finding = node.Options.Finding;
        bool hasWhomToHear = finding.Bootstrap.Count > 0 || finding.Mdns || (finding.Remembered && (await node.Database.Peers.BestAsync(1, cancellationToken)).Count > 0);
        _news!.Begin(hasWhomToHear ? finding.Settling : TimeSpan.Zero);
    }

    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => ControlOf(node).Handlers;

    public IReadOnlyDictionary<string, StreamedHandler> StreamedHandlers(SellerNode node) => ControlOf(node).StreamedHandlers;

    private TradingControl ControlOf(SellerNode node) =>
        new(node.Services.GetRequiredService<ITrader>(), node.Services.GetRequiredService<IAgentDirectory>(), node.Grains, _wallet, node.Context.Time);
}
