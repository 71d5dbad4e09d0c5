namespace Betar.Storage.Orders;

/// <summary>Where an order stands. The numbers are in files: never change one.</summary>
public enum MarketOrderStatus
{
    Pending = 1,
    Accepted = 2,

    /// <summary>An end.</summary>
    Completed = 3,

    /// <summary>An end.</summary>
    Cancelled = 4,
}
