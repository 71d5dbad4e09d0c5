namespace Betar.Grains.Trading;

/// <summary>One task that somebody of this node wants done, by an agent of the fleet or by a seller elsewhere.</summary>
public sealed record TradeOrder
{
    /// <summary>Names the purchase: the same id never pays twice.</summary>
    public required string PurchaseId { get; init; }

    public required string Agent { get; init; }

    public required string Input { get; init; }

    /// <summary>The most that it may cost, atomic units; null: what the listing says.</summary>
    public string? MaxAmount { get; init; }

    /// <summary>The mandate that covers the spend; empty: the owner's own.</summary>
    public string MandateId { get; init; } = "";

    public bool AcceptUnverified { get; init; }

    /// <summary>Also from a seller that says it keeps the payment when its work fails.</summary>
    public bool AcceptKeep { get; init; }

    /// <summary>Who asks; an agent's id when an agent hires.</summary>
    public string Caller { get; init; } = "local";

    /// <summary>How many agents hired one another before.</summary>
    public int Depth { get; init; }

    /// <summary>Takes pieces of the answer as they come; null: nobody listens. They are not yet the answer.</summary>
    public Func<string, ValueTask>? Partial { get; init; }
}
