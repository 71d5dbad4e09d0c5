namespace Betar.Storage.Ledger;

/// <summary>Which entry may follow which. Append enforces it, verification checks it again.</summary>
public static class LedgerTransitions
{
    /// <summary>An order begins with <see cref="LedgerKind.Reserved"/> and nothing else.</summary>
    public static bool IsFirst(LedgerKind kind) => kind == LedgerKind.Reserved;

    public static bool IsLegal(LedgerKind last, LedgerKind next) => (last, next) switch
    {
        (LedgerKind.Reserved, LedgerKind.Settled or LedgerKind.Refused) => true,
        (LedgerKind.Settled, LedgerKind.Delivered or LedgerKind.RefundOwed) => true,
        (LedgerKind.RefundOwed, LedgerKind.Refunded) => true,
        _ => false,
    };

    /// <summary>An order whose last entry is of this kind has reached its end.</summary>
    public static bool IsEnd(LedgerKind kind) => kind is LedgerKind.Delivered or LedgerKind.Refunded or LedgerKind.Refused;

    /// <summary>An entry of this kind changes the sums.</summary>
    public static bool MovesMoney(LedgerKind kind) => kind is LedgerKind.Settled or LedgerKind.Delivered or LedgerKind.Refunded;

    /// <summary>An order whose last entry is of this kind holds a buyer's money.</summary>
    public static bool HoldsMoney(LedgerKind kind) => kind is LedgerKind.Settled or LedgerKind.RefundOwed;
}
