namespace Betar.Sdk.Buying;

/// <summary>What a purchase may cost, and who answers for it.</summary>
public sealed record ExecuteOptions
{
    /// <summary>The most that this task may cost, in USDC, such as "0.01"; null: what the listing says, within the wallet's budget.</summary>
    public string? MaxUsdc { get; init; }

    /// <summary>The mandate that covers the spend; empty: the wallet's own budget.</summary>
    public string MandateId { get; init; } = "";

    /// <summary>Names the purchase. The same id never pays twice, so a program that remembers it may ask again after any crash. Default: a new one.</summary>
    public string PurchaseId { get; init; } = "";

    /// <summary>Also buy from a seller whose listing nobody has signed. Default false.</summary>
    public bool AcceptUnverified { get; init; }

    /// <summary>Also buy from a seller that says it keeps the payment when its work fails. Default false.</summary>
    public bool AcceptKeep { get; init; }
}
