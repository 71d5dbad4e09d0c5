namespace Betar.Marketplace.Search;

/// <summary>A listing's place in an order. The id decides between equals, so that no two have one place.</summary>
internal readonly record struct SortKey(ulong Value, ulong Hash, string Id) : IComparable<SortKey>
{
    public int CompareTo(SortKey other)
    {
        var order = Value.CompareTo(other.Value);
        if (order == 0)
            order = Hash.CompareTo(other.Hash);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
