using Betar.Ethereum;

namespace Betar.Fuzz.Targets;

/// <summary>Canonical RLP: one item, read down to its leaves, against a reader that works from the definition, and written again.</summary>
internal sealed class RlpTarget : IFuzzTarget
{
    private const int Deepest = 64;

    public string Name => "rlp";

    public long MemoryBound(int length) => (64 * 1024) + (512L * length);

    public bool Take(byte[] input)
    {
        var reader = new RlpReader(input);
        var writer = new RlpWriter();
        var taken = Copy(ref reader, writer, 0) && reader.IsAtEnd;
        FuzzException.Unless(taken == (Slow(input, 0, input.Length, 0) is { } end && end == input.Length), $"taken: {taken}");
        if (!taken)
            return false;
        FuzzException.Unless(writer.WrittenSpan.SequenceEqual(input), "it is written otherwise than it was read");
        return true;
    }

    private static bool Copy(ref RlpReader reader, RlpWriter writer, int depth)
    {
        if (!reader.IsList)
        {
            if (!reader.TryReadString(out var value))
                return false;
            writer.Write(value);
            return true;
        }

        if (depth == Deepest || !reader.TryReadList(out var list))
            return false;
        var mark = writer.BeginList();
        while (!list.IsAtEnd)
        {
            if (!Copy(ref list, writer, depth + 1))
                return false;
        }

        writer.EndList(mark);
        return true;
    }

    /// <summary>Where the item at this place ends; null: there is none in the only spelling.</summary>
    private static int? Slow(byte[] input, int at, int end, int depth)
    {
        if (at >= end)
            return null;
        var first = input[at];
        if (first < 0x80)
            return at + 1;
        var isList = first >= 0xC0;
        var code = first - (isList ? 0xC0 : 0x80);
        var sizes = Math.Max(0, code - 55);
        if (at + 1 + sizes > end || sizes > 4)
            return null;
        long length = sizes == 0 ? code : input[(at + 1)..(at + 1 + sizes)].Aggregate(0L, (sum, part) => (sum * 256) + part);
        var start = at + 1 + sizes;
        if ((sizes > 0 && (input[at + 1] == 0 || length < 56)) || start + length > end || (!isList && length == 1 && input[start] < 0x80))
            return null;
        var stop = start + (int)length;
        if (isList && depth == Deepest)
            return null;
        for (var next = start; isList && next < stop;)
        {
            if (Slow(input, next, stop, depth + 1) is not { } after)
                return null;
            next = after;
        }

        return stop;
    }
}
