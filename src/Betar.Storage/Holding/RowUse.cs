namespace Betar.Storage.Holding;

/// <summary>How much is kept, or by how much that has changed.</summary>
internal readonly record struct RowUse(long Entries, long Bytes)
{
    public static RowUse operator +(RowUse left, RowUse right) => new(left.Entries + right.Entries, left.Bytes + right.Bytes);
}
