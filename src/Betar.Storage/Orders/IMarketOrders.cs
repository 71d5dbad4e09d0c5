namespace Betar.Storage.Orders;

/// <summary>The orders that peers agree on by the original's four messages. Every change is checked and written in one turn, and durable when it is answered.</summary>
public interface IMarketOrders
{
    /// <summary>Takes a new order. The same order again changes nothing.</summary>
    /// <param name="order">Pending, whatever it says; its time is the file's.</param>
    /// <param name="own">This node's own purchase: strangers' quota does not count it.</param>
    /// <param name="cancellationToken">Counts until the writer has taken it.</param>
    ValueTask<MarketOrderOutcome> AddAsync(MarketOrder order, bool own, CancellationToken cancellationToken);

    /// <summary>Moves an order as one of its two sides may. An order that stands there already is left as it is.</summary>
    ValueTask<MarketOrderOutcome> MoveAsync(string orderId, string by, MarketOrderStatus to, CancellationToken cancellationToken);

    ValueTask<MarketOrder?> FindAsync(string orderId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only orders before this sequence.</param>
    /// <param name="limit">At most so many; 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<MarketOrder>> ListAsync(long before, int limit, CancellationToken cancellationToken);
}
