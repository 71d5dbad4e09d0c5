using Betar.Node.Errors;
using Betar.Storage.Orders;

namespace Betar.Node.Orders;

/// <summary>Why an order is not taken or moved, for a peer and for a person.</summary>
internal static class MarketOrderFaults
{
    public static string Sentence(MarketOrderFault fault) => fault switch
    {
        MarketOrderFault.NotYours => "only the seller may do that",
        MarketOrderFault.WrongState => "the order cannot go there from where it is",
        MarketOrderFault.Taken => "the order id is taken",
        MarketOrderFault.TooManyOpen => "too many open orders",
        MarketOrderFault.Full => "no room for more orders",
        _ => "no such order",
    };

    public static CliRefusal Of(MarketOrderFault fault, string orderId) => fault switch
    {
        MarketOrderFault.TooManyOpen or MarketOrderFault.Full => ErrorCatalog.OrdersFull.Refuse($"The order {orderId} finds no room: {Sentence(fault)}"),
        MarketOrderFault.Unknown => ErrorCatalog.UnknownOrder.Refuse($"There is no order {VisibleText.Of(orderId)}", "run betar order list --market to see those there are"),
        _ => ErrorCatalog.OrderNotMoved.Refuse($"The order {orderId} stays as it is: {Sentence(fault)}"),
    };
}
