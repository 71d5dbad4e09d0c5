using Betar.X402;

namespace Betar.Storage.Orders;

/// <summary>What two peers agreed on by messages. No money moves by it: who works for it and is paid is a matter of the ledger.</summary>
public sealed record MarketOrder
{
    public required string OrderId { get; init; }

    public required string AgentId { get; init; }

    /// <summary>A peer.</summary>
    public required string BuyerId { get; init; }

    /// <summary>A peer.</summary>
    public required string SellerId { get; init; }

    public required AtomicAmount Price { get; init; }

    public MarketOrderStatus Status { get; init; } = MarketOrderStatus.Pending;

    /// <summary>When it came to its status.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Its place in the file; 0: not stored yet.</summary>
    public long Sequence { get; init; }
}
