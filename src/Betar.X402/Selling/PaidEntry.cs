namespace Betar.X402.Selling;

/// <summary>What the store says to a request with a payment.</summary>
public sealed record PaidEntry
{
    private PaidEntry()
    {
    }

    /// <summary>True for the one request that may work and settle now.</summary>
    public bool IsOwner { get; private init; }

    /// <summary>The final answer, to be given again byte for byte.</summary>
    public StoredAnswer? Answer { get; private init; }

    /// <summary>To the owner: an earlier request with this payment stopped on its way.</summary>
    public bool IsResumed { get; private init; }

    /// <summary>To the owner: what the handler answered already, when only the settlement is open.</summary>
    public StoredAnswer? Prepared { get; private init; }

    /// <summary>The payment belongs to another request.</summary>
    public bool IsConflict { get; private init; }

    /// <summary>There is no room for another payment; nothing was touched.</summary>
    public bool IsFull { get; private init; }

    public static PaidEntry Conflict { get; } = new() { IsConflict = true };

    public static PaidEntry Full { get; } = new() { IsFull = true };

    public static PaidEntry Owner { get; } = new() { IsOwner = true };

    public static PaidEntry Resumed(StoredAnswer? prepared) => new() { IsOwner = true, IsResumed = true, Prepared = prepared };

    public static PaidEntry Final(StoredAnswer answer) => new() { Answer = answer };
}
