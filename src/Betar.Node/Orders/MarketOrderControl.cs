using System.Text.Json;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Storage.Orders;
using Betar.X402;

namespace Betar.Node.Orders;

/// <summary>What the owner may do with orders that are agreed on by messages.</summary>
/// <param name="self">This node's peer id.</param>
/// <param name="orders">Where they are kept.</param>
/// <param name="agents">Finds who sells.</param>
/// <param name="host">Null while the node is not on the network.</param>
/// <param name="reach">Where a peer was met, each address with the peer at its end.</param>
/// <param name="time">For deadlines.</param>
internal sealed class MarketOrderControl(
    string self, IMarketOrders orders, IAgentDirectory agents, Func<Libp2pHost?> host,
    Func<PeerId, CancellationToken, Task<IReadOnlyList<string>>> reach, TimeProvider time)
{
    private const int MostListed = 1_000;

    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        ["orders.create"] = CreateAsync,
        ["marketorders.list"] = ListAsync,
        ["marketorders.accept"] = (arguments, token) => MoveAsync(MarketOrderVerb.Accept, arguments, token),
        ["marketorders.complete"] = (arguments, token) => MoveAsync(MarketOrderVerb.Complete, arguments, token),
        ["marketorders.cancel"] = (arguments, token) => MoveAsync(MarketOrderVerb.Cancel, arguments, token),
    };

    /// <summary>"limit" and "before" (a sequence) where wanted; newest first.</summary>
    private async Task<ControlAnswer> ListAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<MarketOrder> page = await orders.ListAsync(
            ControlArguments.Number(arguments, "before", 0, long.MaxValue, long.MaxValue),
            (int)ControlArguments.Number(arguments, "limit", 1, MostListed, 100), cancellationToken);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (MarketOrder order in page)
                MarketOrderJson.Write(writer, order);
            writer.WriteEndArray();
        });
    }

    /// <summary>"agentId", and "price" in USDC as a number or its text; without it the agent's own. Nothing is kept here before the seller has agreed.</summary>
    private async Task<ControlAnswer> CreateAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string agent = ControlArguments.Text(arguments, "agentId");
        Outcome<AgentOffer> found = await agents.FindAsync(agent, acceptUnverified: false, cancellationToken);
        if (!found.IsOk)
            return ControlAnswer.Refused(Refusals.Of(found.Refusal));
        AgentOffer offer = found.Value;
        if (!AtomicAmount.TryParse(offer.PriceAtomic, out AtomicAmount price))
            return ControlAnswer.Refused(ErrorCatalog.OrderPriceDiffers.Refuse($"The agent {VisibleText.Of(agent)} names no price that can be paid"));
        if (arguments.TryGetProperty("price", out JsonElement wanted) && wanted.ValueKind != JsonValueKind.Null && PriceOf(wanted) != price)
            return ControlAnswer.Refused(ErrorCatalog.OrderPriceDiffers.Refuse($"The agent {VisibleText.Of(agent)} costs {price.ToUsdc()} USDC"));

        var order = new MarketOrder
        {
            OrderId = Guid.NewGuid().ToString(), AgentId = offer.AgentId, BuyerId = self, SellerId = offer.SellerId, Price = price, Timestamp = time.GetUtcNow(),
        };
        if (!offer.IsOwn)
        {
            Checked<MarketOrder> agreed = await TellAsync(Multiaddr.Parse(offer.Seller), MarketOrderVerb.Create, order, cancellationToken);
            if (!agreed.IsOk)
                return ControlAnswer.Refused(agreed.Refusal);
        }

        return Answer(await orders.AddAsync(order, own: true, cancellationToken), order.OrderId);
    }

    /// <summary>"orderId". The order is moved here first: the other side can ask, or be told again, and hears the same.</summary>
    private async Task<ControlAnswer> MoveAsync(MarketOrderVerb verb, JsonElement arguments, CancellationToken cancellationToken)
    {
        string id = ControlArguments.Text(arguments, "orderId");
        MarketOrderOutcome outcome = await orders.MoveAsync(id, self, verb.Status, cancellationToken);
        if (outcome.Order is not { } order)
            return Answer(outcome, id);
        string other = order.BuyerId == self ? order.SellerId : order.BuyerId;
        if (other == self || !PeerId.TryParse(other, out PeerId peer))
            return Answer(outcome, id);
        if (await reach(peer, cancellationToken) is not [var where, ..])
            return ControlAnswer.Refused(ErrorCatalog.OrderNotTold.Refuse($"The order {order.OrderId} is {MarketOrderJson.Name(order.Status)} here, and nobody knows where its other side is"));
        Checked<MarketOrder> told = await TellAsync(Multiaddr.Parse(where), verb, order, cancellationToken);
        return told.IsOk
            ? Answer(outcome, id)
            : ControlAnswer.Refused(ErrorCatalog.OrderNotTold.Refuse($"The order {order.OrderId} is {MarketOrderJson.Name(order.Status)} here, and its other side was not told: {told.Refusal.Detail}"));
    }

    private async Task<Checked<MarketOrder>> TellAsync(Multiaddr where, MarketOrderVerb verb, MarketOrder order, CancellationToken cancellationToken) =>
        host() is { } now
            ? await MarketOrderCalls.TellAsync(now, where, verb, order, time, cancellationToken)
            : ErrorCatalog.SellerUnreachable.Refuse("This node is not on the network now");

    private static AtomicAmount? PriceOf(JsonElement price) => price.ValueKind switch
    {
        JsonValueKind.Number => MarketOrderMessage.PriceOf(price.GetRawText()),
        JsonValueKind.String => MarketOrderMessage.PriceOf(price.GetString()!),
        _ => null,
    };

    private static ControlAnswer Answer(MarketOrderOutcome outcome, string id) => outcome.Order is { } order
        ? ControlAnswer.Json(writer => MarketOrderJson.Write(writer, order))
        : ControlAnswer.Refused(MarketOrderFaults.Of(outcome.Fault!.Value, id));
}
