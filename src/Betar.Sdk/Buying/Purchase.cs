namespace Betar.Sdk.Buying;

/// <summary>A task that was done, and what it cost.</summary>
/// <param name="PurchaseId">Ask again with it, and nothing is paid twice.</param>
/// <param name="Output">The agent's answer.</param>
/// <param name="AmountAtomic">What was paid, in millionths of a USDC; "0" when it was free.</param>
/// <param name="Payment">The payment key; empty when it was free.</param>
/// <param name="Transaction">The settlement on the chain; empty when it was free.</param>
public sealed record Purchase(string PurchaseId, string Output, string AmountAtomic, string Payment, string Transaction)
{
    /// <summary><c>Delivered</c>, <c>Refunded</c>, <c>RefundOwed</c>…; only a delivered one has an output.</summary>
    public string Stage { get; init; } = "Delivered";
}
