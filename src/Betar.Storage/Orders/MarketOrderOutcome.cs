namespace Betar.Storage.Orders;

/// <summary>The order as it stands now, or why nothing was done.</summary>
public sealed record MarketOrderOutcome(MarketOrder? Order, MarketOrderFault? Fault);
