namespace Orleans.Runtime;

/// <summary>A part of the ring of hashes: (begin, end], through zero when begin is not less than end.</summary>
internal static class HashRange
{
    public static bool Contains(uint begin, uint end, uint hash) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
}
