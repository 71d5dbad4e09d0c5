namespace Orleans.Runtime;

/// <summary>FNV-1a with a final mix: equal on every machine and in every run, so that rings and placements agree.</summary>
internal static class StableHash
{
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var hash = 2166136261u;
            foreach (var b in data)
                hash = (hash ^ b) * 16777619u;
            hash ^= hash >> 16;
            hash *= 0x85ebca6bu;
            hash ^= hash >> 13;
            hash *= 0xc2b2ae35u;
            return hash ^ (hash >> 16);
        }
    }
}
