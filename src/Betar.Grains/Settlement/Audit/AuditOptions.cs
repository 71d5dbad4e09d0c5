namespace Betar.Grains.Settlement.Audit;

/// <summary>How the chain is asked.</summary>
public sealed record AuditOptions
{
    /// <summary>First block whose transfers are looked at. Null: the first block that an entry's transaction is in.</summary>
    public ulong? FromBlock { get; init; }

    /// <summary>Blocks in one question for logs; halved when the chain says that it is too much. Range 1 to 1,000,000; default 10,000.</summary>
    public ulong BlocksAtOnce { get; init; } = 10_000;

    /// <summary>Receipts that are asked for at once. Range 1 to 1,000; default 64.</summary>
    public int ReceiptsAtOnce { get; init; } = 64;
}
