using Betar.Grains.Trading;
using Betar.Marketplace.Exchange;
using Betar.Node.Composition;
using Betar.Node.Control;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Node.Orders;

/// <summary>The orders of a running node: those that the ledger holds, and those that peers agree on by messages.</summary>
internal sealed class OrdersPart : INodePart
{
    public IReadOnlyDictionary<string, MarketRequestHandler> MarketHandlers(SellerNode node) =>
        new MarketOrderDesk(() => node.Identity.PeerId, () => node.Offers, () => node.Database.MarketOrders).Handlers;

    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node)
    {
        var handlers = new Dictionary<string, ControlHandler>(
            new MarketOrderControl(
                node.Identity.PeerId, node.Database.MarketOrders, node.Services.GetRequiredService<IAgentDirectory>(), () => node.Network?.Host,
                (peer, token) => node.Network!.Market.AddressesAsync(peer, token), node.Context.Time).Handlers,
            StringComparer.Ordinal)
        {
            ["orders.list"] = (arguments, token) => OrderViews.ListAsync(node.Database, node.Offers.All, arguments, token),
            ["orders.show"] = (arguments, token) => OrderViews.ShowAsync(node.Database, ControlArguments.Text(arguments, "payment"), token),
            ["orders.http"] = (arguments, token) => WebSaleViews.ListAsync(node.Database, arguments, token),
            ["orders.export"] = (arguments, token) => OrderExport.PageAsync(node.Ledger, node.Offers.All, arguments, token),
        };
        return handlers;
    }
}
