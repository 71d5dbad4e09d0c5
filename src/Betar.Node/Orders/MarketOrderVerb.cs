using Betar.Storage.Orders;

namespace Betar.Node.Orders;

/// <summary>One of the original's four messages.</summary>
/// <param name="Type">The request's type.</param>
/// <param name="Word">The same in the message itself.</param>
/// <param name="Status">Where it takes an order.</param>
internal sealed record MarketOrderVerb(string Type, string Word, MarketOrderStatus Status)
{
    public static MarketOrderVerb Create { get; } = new("order.create", "new", MarketOrderStatus.Pending);

    public static MarketOrderVerb Accept { get; } = new("order.accept", "accept", MarketOrderStatus.Accepted);

    public static MarketOrderVerb Complete { get; } = new("order.complete", "complete", MarketOrderStatus.Completed);

    public static MarketOrderVerb Cancel { get; } = new("order.cancel", "cancel", MarketOrderStatus.Cancelled);

    public static IReadOnlyList<MarketOrderVerb> All { get; } = [Create, Accept, Complete, Cancel];
}
