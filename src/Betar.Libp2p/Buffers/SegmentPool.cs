namespace Betar.Libp2p.Buffers;

/// <summary>
/// The large pieces in which bytes wait, for all connections of the process. They lie where the collector never moves them: a peer that takes
/// nothing makes many of them live long, and those of the common pool would be copied from one generation to the next, and leave holes behind.
/// </summary>
internal static class SegmentPool
{
    public const int Size = 64 * 1024;

    /// <summary>Pieces that are kept for the next who needs one.</summary>
    private const int MaxKept = 256;

    /// <summary>Pieces beyond them, which can be had again until the collector next looks through all memory.</summary>
    private const int MaxSpare = 4096;

    private static readonly Lock Gate = new();
    private static readonly byte[]?[] Kept = new byte[MaxKept][];
    private static readonly WeakReference<byte[]?[]?> Spare = new(null);
    private static int _kept;
    private static int _spare;

    public static byte[] Rent()
    {
        lock (Gate)
        {
            if (_spare > 0 && Spare.TryGetTarget(out var spare))
                return Take(spare, ref _spare);
            _spare = 0;
            if (_kept > 0)
                return Take(Kept, ref _kept);
        }

        return GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    }

    public static void Return(byte[] segment)
    {
        lock (Gate)
        {
            if (_kept < MaxKept)
            {
                Kept[_kept++] = segment;
                return;
            }

            if (!Spare.TryGetTarget(out var spare))
            {
                // Pinned, it is as old as can be from the start, and does not go with the next collection of what is young.
                spare = GC.AllocateArray<byte[]?>(MaxSpare, pinned: true);
                Spare.SetTarget(spare);
                _spare = 0;
            }

            if (_spare < MaxSpare)
                spare[_spare++] = segment;
        }
    }

    private static byte[] Take(byte[]?[] from, ref int count)
    {
        var segment = from[--count]!;
        from[count] = null;
        return segment;
    }
}
