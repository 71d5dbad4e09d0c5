namespace Betar.Grains.Trading;

/// <summary>An agent that can be asked to work, and at which price. Its texts are its seller's.</summary>
public sealed record AgentOffer
{
    public required string AgentId { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Of one task, atomic units, decimal text; "0" is free.</summary>
    public required string PriceAtomic { get; init; }

    /// <summary>Who is paid; EIP-55. Empty: nobody said, and a priced task cannot be bought.</summary>
    public string PayTo { get; init; } = "";

    /// <summary>Where the seller answers, as a multiaddr with its peer; empty for an agent of this fleet.</summary>
    public string Seller { get; init; } = "";

    public string SellerId { get; init; } = "";

    /// <summary>As <c>betar market list</c> says it.</summary>
    public string Trust { get; init; } = "own";

    /// <summary>The seller says that it keeps the payment of work that failed.</summary>
    public bool KeepsFailed { get; init; }

    public bool IsOwn => Seller.Length == 0;
}
