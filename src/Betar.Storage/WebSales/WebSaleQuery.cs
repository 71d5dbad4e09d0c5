using Betar.X402;

namespace Betar.Storage.WebSales;

/// <summary>Which sales to list, newest first.</summary>
public sealed record WebSaleQuery
{
    /// <summary>Only the one with this payment.</summary>
    public PaymentKey? Payment { get; init; }

    /// <summary>The page after the sale with this id. 0: from the newest.</summary>
    public long After { get; init; }

    /// <summary>At most so many. 1 to 1,000; default 100.</summary>
    public int Limit { get; init; } = 100;
}
