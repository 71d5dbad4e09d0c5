using System.Diagnostics.CodeAnalysis;

namespace Betar.Node.Importing.LevelDb;

/// <summary>Undoes Snappy's raw format, bounded.</summary>
internal static class SnappyBlock
{
    public static bool TryDecode(ReadOnlySpan<byte> packed, int limit, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        var bytes = new LevelDbBytes(packed);
        if (!bytes.TryVarint(out var length) || length > (ulong)limit || length > (ulong)packed.Length * 64)
            return false;
        var output = new byte[length];
        var at = 0;
        while (!bytes.IsEmpty)
        {
            if (!bytes.TryTake(1, out var tag) || !(((tag[0] & 3) == 0) ? Literal(ref bytes, tag[0], output, ref at) : Copy(ref bytes, tag[0], output, ref at)))
                return false;
        }

        if (at != output.Length)
            return false;
        plain = output;
        return true;
    }

    private static bool Literal(ref LevelDbBytes bytes, byte tag, byte[] output, ref int at)
    {
        ulong length = (ulong)(tag >> 2) + 1;
        if (length > 60)
        {
            if (!bytes.TryTake(length - 60, out var more))
                return false;
            length = Number(more) + 1;
        }

        if (!bytes.TryTake(length, out var text) || text.Length > output.Length - at)
            return false;
        text.CopyTo(output.AsSpan(at));
        at += text.Length;
        return true;
    }

    private static bool Copy(ref LevelDbBytes bytes, byte tag, byte[] output, ref int at)
    {
        var kind = tag & 3;
        if (!bytes.TryTake(kind == 1 ? 1u : kind == 2 ? 2u : 4u, out var more))
            return false;
        var length = kind == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        var offset = kind == 1 ? ((ulong)(tag >> 5) << 8) | more[0] : Number(more);
        if (offset == 0 || offset > (ulong)at || length > output.Length - at)
            return false;

        // One byte after the other: a copy may read what it has just written.
        for (var end = at + length; at < end; at++)
            output[at] = output[at - (int)offset];
        return true;
    }

    private static ulong Number(ReadOnlySpan<byte> little)
    {
        ulong value = 0;
        for (var index = little.Length - 1; index >= 0; index--)
            value = (value << 8) | little[index];
        return value;
    }
}
