namespace Betar.Storage.Ledger;

/// <summary>Which entry may follow which, as the <see cref="PaymentMachine"/> has it. Append enforces it, verification checks it again.</summary>
public static class LedgerTransitions
{
    private static readonly LedgerKind[] First = [.. PaymentMachine.KeptAfter(PaymentState.Quoted)];

    /// <summary>By kind: a bit for each kind that may follow.</summary>
    private static readonly byte[] Followers = MakeFollowers();

    /// <summary>An order begins with <see cref="LedgerKind.Reserved"/> and nothing else.</summary>
    public static bool IsFirst(LedgerKind kind) => Array.IndexOf(First, kind) >= 0;

    public static bool IsLegal(LedgerKind last, LedgerKind next) =>
        (byte)last < Followers.Length && (byte)next < 8 && (Followers[(byte)last] & 1 << (byte)next) != 0;

    /// <summary>An order whose last entry is of this kind has reached its end.</summary>
    public static bool IsEnd(LedgerKind kind) => kind is LedgerKind.Delivered or LedgerKind.Refunded or LedgerKind.Refused;

    /// <summary>An entry of this kind changes the sums.</summary>
    public static bool MovesMoney(LedgerKind kind) => kind is LedgerKind.Settled or LedgerKind.Delivered or LedgerKind.Refunded;

    /// <summary>An order whose last entry is of this kind holds a buyer's money.</summary>
    public static bool HoldsMoney(LedgerKind kind) => kind is LedgerKind.Settled or LedgerKind.RefundOwed;

    private static byte[] MakeFollowers()
    {
        var kinds = Enum.GetValues<LedgerKind>();
        var followers = new byte[kinds.Max(kind => (byte)kind) + 1];
        foreach (var kind in kinds)
        {
            foreach (var next in PaymentMachine.KeptAfter(PaymentMachine.AfterCrash(kind)))
                followers[(byte)kind] |= (byte)(1 << (byte)next);
        }

        return followers;
    }
}
