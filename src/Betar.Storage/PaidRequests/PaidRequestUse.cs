namespace Betar.Storage.PaidRequests;

/// <summary>How much is kept, or by how much that has changed.</summary>
internal readonly record struct PaidRequestUse(long Entries, long Bytes)
{
    public static PaidRequestUse operator +(PaidRequestUse left, PaidRequestUse right) => new(left.Entries + right.Entries, left.Bytes + right.Bytes);
}
