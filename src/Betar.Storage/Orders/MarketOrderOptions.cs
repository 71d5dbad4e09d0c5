namespace Betar.Storage.Orders;

/// <summary>How many orders of the marketplace's messages are kept.</summary>
public sealed class MarketOrderOptions
{
    /// <summary>Open orders of one buyer that is another peer. 1 to 100,000; default 32.</summary>
    public int MaxOpenPerBuyer { get; set; } = 32;

    /// <summary>Orders kept in all. The oldest that have ended make room, and those that wait too long. 1 to 10,000,000; default 100,000.</summary>
    public int MaxOrders { get; set; } = 100_000;

    /// <summary>How long an order that nobody has accepted keeps its room. 1 minute to 10,000 days; default 1 day.</summary>
    public TimeSpan PendingLifetime { get; set; } = TimeSpan.FromDays(1);

    internal void AddFaults(List<string> faults)
    {
        BetarDatabaseOptions.Check(faults, nameof(MaxOpenPerBuyer), MaxOpenPerBuyer, 1, 100_000);
        BetarDatabaseOptions.Check(faults, nameof(MaxOrders), MaxOrders, 1, 10_000_000);
        BetarDatabaseOptions.Check(faults, nameof(PendingLifetime), PendingLifetime.Ticks / TimeSpan.TicksPerSecond, 60, 10_000L * 86_400);
    }
}
