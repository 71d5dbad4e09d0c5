namespace Betar.Marketplace.Search;

/// <summary>What comes first. Equal ones are in an order of their ids that never changes.</summary>
public enum SearchSort
{
    /// <summary>The cheapest; those without a price that can be paid last.</summary>
    Price,

    /// <summary>The quickest that this node has measured; those not measured last.</summary>
    Latency,

    /// <summary>Those that most often delivered to this node; those never tried last.</summary>
    Success,
}
