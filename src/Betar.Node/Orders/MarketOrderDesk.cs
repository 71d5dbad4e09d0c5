using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Exchange;
using Betar.Storage.Orders;

namespace Betar.Node.Orders;

/// <summary>
/// Answers the original's four order messages, with rules that it does not have: who sends is who the connection proves, and must be a side of the
/// order; an order goes only where the rules let it; agent and price are this fleet's. What the sender says of the status is compared, never taken over.
/// </summary>
/// <param name="self">This node's peer id.</param>
/// <param name="offers">What this fleet sells.</param>
/// <param name="orders">Where orders are kept.</param>
internal sealed class MarketOrderDesk(Func<string> self, Func<IOfferBook> offers, Func<IMarketOrders> orders)
{
    public IReadOnlyDictionary<string, MarketRequestHandler> Handlers => MarketOrderVerb.All.ToDictionary(
        verb => verb.Type, verb => (MarketRequestHandler)((peer, _, body, token) => AnswerAsync(verb, peer, body, token)), StringComparer.Ordinal);

    private async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(MarketOrderVerb verb, PeerId peer, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (MarketOrderMessage.TryParse(body.Span) is not { } message)
            return MarketOrderJson.Error("the message is malformed");
        string sender = peer.ToString();
        if (FindFault(verb, message, sender) is { } fault)
            return MarketOrderJson.Error(fault);
        MarketOrderOutcome outcome = verb == MarketOrderVerb.Create
            ? await orders().AddAsync(NewOrder(message, sender), own: false, cancellationToken)
            : await MoveAsync(verb, message, sender, cancellationToken);
        return outcome.Order is { } order ? MarketOrderJson.Answer(order) : MarketOrderJson.Error(MarketOrderFaults.Sentence(outcome.Fault!.Value));
    }

    private string? FindFault(MarketOrderVerb verb, MarketOrderMessage message, string sender)
    {
        if (message.OrderId.Length == 0)
            return "orderId is required";
        if (message.Type.Length > 0 && message.Type != verb.Word)
            return $"the message is no {verb.Type}";
        if (message.Status.Length > 0 && message.Status != MarketOrderJson.Name(verb.Status))
            return "the status is not the sender's to choose";
        return verb == MarketOrderVerb.Create ? FindFault(message, sender) : null;
    }

    private string? FindFault(MarketOrderMessage message, string sender)
    {
        if ((message.BuyerId.Length > 0 && message.BuyerId != sender) || (message.SellerId.Length > 0 && message.SellerId != self()))
            return "the sender is the buyer, and this node the seller";
        if (!offers().TryGet(message.AgentId, out AgentSpec? spec))
            return "no such agent is sold here";
        return message.Price == spec.Price ? null : $"the price is {spec.Price.ToUsdc()}";
    }

    private MarketOrder NewOrder(MarketOrderMessage message, string sender) => new()
    {
        OrderId = message.OrderId, AgentId = message.AgentId, BuyerId = sender, SellerId = self(), Price = message.Price!.Value,
    };

    /// <summary>A message that names other sides, another agent or another price than the order has is about another order.</summary>
    private async ValueTask<MarketOrderOutcome> MoveAsync(MarketOrderVerb verb, MarketOrderMessage message, string sender, CancellationToken cancellationToken)
    {
        if (await orders().FindAsync(message.OrderId, cancellationToken) is not { } order
            || (message.AgentId.Length > 0 && message.AgentId != order.AgentId)
            || (message.BuyerId.Length > 0 && message.BuyerId != order.BuyerId)
            || (message.SellerId.Length > 0 && message.SellerId != order.SellerId))
            return new MarketOrderOutcome(null, MarketOrderFault.Unknown);
        return await orders().MoveAsync(message.OrderId, sender, verb.Status, cancellationToken);
    }
}
