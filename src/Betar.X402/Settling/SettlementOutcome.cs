using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>What a settlement channel knows of a payment.</summary>
public sealed record SettlementOutcome(SettlementStatus Status)
{
    /// <summary>Null while nothing was sent, or when nobody knows which it was.</summary>
    public Hash32? Transaction { get; init; }

    /// <summary>The block that says so, where one does: too few may stand on it yet.</summary>
    public ulong? Block { get; init; }

    /// <summary>One sentence for people.</summary>
    public string? Detail { get; init; }

    public static SettlementOutcome Pending(Hash32? transaction = null, string? detail = null) =>
        new(SettlementStatus.Pending) { Transaction = transaction, Detail = detail };

    public static SettlementOutcome Settled(Hash32 transaction) => new(SettlementStatus.Settled) { Transaction = transaction };

    public static SettlementOutcome Refused(string detail) => new(SettlementStatus.Refused) { Detail = detail };
}
