using System.Buffers.Binary;

namespace Betar.Node.Importing.LevelDb;

/// <summary>The entries of a table file (.ldb, .sst), with LevelDB's own keys: the user's, a number, a kind.</summary>
internal static class LevelDbTable
{
    private const int FooterSize = 48;
    private const int TrailerSize = 5;
    private const ulong Magic = 0xdb4775248b80fb57;

    /// <summary>A block that unpacks to more than this is none of the original's.</summary>
    private const int LargestBlock = 16 * 1024 * 1024;

    /// <summary>An index may name one block many times: what all of them unpack to is bounded.</summary>
    public const long LargestTable = 256L * 1024 * 1024;

    /// <param name="file">The whole file.</param>
    /// <param name="take">Gets each entry; false ends the reading.</param>
    /// <returns>False when something could not be read.</returns>
    public static bool Read(ReadOnlyMemory<byte> file, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> take)
    {
        var span = file.Span;
        if (span.Length < FooterSize || BinaryPrimitives.ReadUInt64LittleEndian(span[^8..]) != Magic)
            return false;
        var footer = new LevelDbBytes(span[^FooterSize..^8]);
        if (!footer.TryVarint(out _) || !footer.TryVarint(out _) || !footer.TryVarint(out var at) || !footer.TryVarint(out var size))
            return false;
        if (Block(file, at, size) is not { } index)
            return false;

        var whole = true;
        var goesOn = true;
        var left = LargestTable;
        return Entries(index, (_, handle) =>
        {
            var place = new LevelDbBytes(handle.Span);
            if (!place.TryVarint(out var from) || !place.TryVarint(out var length) || Block(file, from, length) is not { } block)
            {
                whole = false;
                return true;
            }

            left -= block.Length;
            if (left < 0)
                return whole = false;
            whole &= Entries(block, (key, value) => goesOn = take(key, value)) || !goesOn;
            return goesOn;
        }) && whole;
    }

    private static ReadOnlyMemory<byte>? Block(ReadOnlyMemory<byte> file, ulong at, ulong size)
    {
        if (size > (ulong)file.Length || at > (ulong)file.Length - size || (ulong)file.Length - size - at < TrailerSize)
            return null;
        var stored = file.Slice((int)at, (int)size + TrailerSize);
        if (!LevelDbBytes.Matches(BinaryPrimitives.ReadUInt32LittleEndian(stored.Span[^4..]), stored.Span[..^4]))
            return null;
        return stored.Span[^TrailerSize] switch
        {
            0 => stored[..^TrailerSize],
            1 => SnappyBlock.TryDecode(stored.Span[..^TrailerSize], LargestBlock, out var plain) ? plain : default(ReadOnlyMemory<byte>?),
            _ => null,
        };
    }

    /// <summary>Each key says how much of the one before it holds for it too.</summary>
    private static bool Entries(ReadOnlyMemory<byte> block, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> take)
    {
        if (block.Length < 4)
            return false;
        var restarts = BinaryPrimitives.ReadUInt32LittleEndian(block.Span[^4..]);
        if (restarts > (uint)(block.Length - 4) / 4)
            return false;
        var entries = new LevelDbBytes(block.Span[..^(4 + ((int)restarts * 4))]);
        byte[] key = [];
        while (!entries.IsEmpty)
        {
            if (!entries.TryVarint(out var shared) || !entries.TryVarint(out var own) || !entries.TryVarint(out var length)
                || shared > (ulong)key.Length || !entries.TryTake(own, out var tail) || !entries.TryTake(length, out var value))
                return false;
            key = [.. key.AsSpan(0, (int)shared), .. tail];
            if (!take(key, value.ToArray()))
                return true;
        }

        return true;
    }
}
