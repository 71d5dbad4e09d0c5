namespace Betar.Storage.Orders;

/// <summary>pending → accepted → completed, or cancelled before that; the seller accepts and completes, and both may cancel.</summary>
public static class MarketOrderRules
{
    /// <returns>Null: it may be done, or stands there already.</returns>
    public static MarketOrderFault? Judge(MarketOrder order, string by, MarketOrderStatus to)
    {
        bool isBuyer = order.BuyerId == by, isSeller = order.SellerId == by;
        if (!isBuyer && !isSeller)
            return MarketOrderFault.Unknown;
        if (to is MarketOrderStatus.Accepted or MarketOrderStatus.Completed && !isSeller)
            return MarketOrderFault.NotYours;
        return order.Status == to || Leads(order.Status, to) ? null : MarketOrderFault.WrongState;
    }

    private static bool Leads(MarketOrderStatus from, MarketOrderStatus to) => (from, to) is
        (MarketOrderStatus.Pending, MarketOrderStatus.Accepted) or (MarketOrderStatus.Accepted, MarketOrderStatus.Completed)
        or (MarketOrderStatus.Pending or MarketOrderStatus.Accepted, MarketOrderStatus.Cancelled);
}
