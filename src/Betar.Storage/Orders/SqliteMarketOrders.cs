namespace Betar.Storage.Orders;

/// <summary>The orders in a <see cref="BetarDatabase"/>.</summary>
internal sealed class SqliteMarketOrders(BetarDatabase database, MarketOrderOptions options, TimeProvider time) : IMarketOrders
{
    public ValueTask<MarketOrderOutcome> AddAsync(MarketOrder order, bool own, CancellationToken cancellationToken) =>
        database.WriteAsync(new MarketOrderAdd(database.Prepared, options, time, order, own, cancellationToken));

    public ValueTask<MarketOrderOutcome> MoveAsync(string orderId, string by, MarketOrderStatus to, CancellationToken cancellationToken) =>
        database.WriteAsync(new MarketOrderMove(database.Prepared, time, orderId, by, to, cancellationToken));

    public ValueTask<MarketOrder?> FindAsync(string orderId, CancellationToken cancellationToken) =>
        database.ReadAsync(orderId, static (reader, id) => MarketOrderRows.One(reader.Prepare(MarketOrderSql.Find).Bind(1, id)), cancellationToken);

    public ValueTask<IReadOnlyList<MarketOrder>> ListAsync(long before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        return database.ReadAsync<(long Before, int Limit), IReadOnlyList<MarketOrder>>((before, limit), static (reader, page) =>
            MarketOrderRows.All(reader.Prepare(MarketOrderSql.List).Bind(1, page.Before).Bind(2, page.Limit)), cancellationToken);
    }
}
