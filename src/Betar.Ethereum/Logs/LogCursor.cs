namespace Betar.Ethereum;

/// <summary>How far logs have been read.</summary>
/// <param name="NextBlock">The first block that has not been read.</param>
/// <param name="Marks">Blocks that were read up to, the oldest first: places to go back to.</param>
public sealed record LogCursor(ulong NextBlock, IReadOnlyList<BlockMark> Marks)
{
    public static LogCursor StartAt(ulong block) => new(block, []);

    internal LogCursor Past(BlockMark mark, int maxMarks) => new(mark.Number + 1, [.. Marks.Append(mark).TakeLast(maxMarks)]);
}
