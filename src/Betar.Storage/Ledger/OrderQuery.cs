using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>Which orders to list, newest first. What is null does not filter; filters narrow together.</summary>
public sealed record OrderQuery
{
    /// <summary>Most orders of one page.</summary>
    public const int MostOrders = 1_000;

    /// <summary>Orders that are there now.</summary>
    public LedgerKind? State { get; init; }

    public string? AgentId { get; init; }

    public Address? Payer { get; init; }

    /// <summary>Ordered at this moment or later; with a state: come to it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Ordered before this moment; with a state: come to it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The page after this line's <see cref="OrderLine.Cursor"/>. 0: from the newest.</summary>
    public long After { get; init; }

    /// <summary>At most so many. 1 to <see cref="MostOrders"/>; default 100.</summary>
    public int Limit { get; init; } = 100;
}
