using System.Buffers.Binary;
using System.Text;

namespace Betar.Ethereum;

/// <summary>Writes values of any types as the contract ABI wants them. A value that does not fit its type is the caller's bug.</summary>
public static class AbiEncoder
{
    const int Word = AbiWriter.WordSize;

    public static byte[] Encode(IReadOnlyList<AbiType> types, params IReadOnlyList<object> values)
    {
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(values);
        var output = new MemoryStream();
        WriteAll(output, types, values);
        return output.ToArray();
    }

    // Offsets count from where the head of this very sequence begins.
    static void WriteAll(MemoryStream output, IReadOnlyList<AbiType> types, IReadOnlyList<object> values)
    {
        if (types.Count != values.Count)
            throw new ArgumentException($"{values.Count} values for {types.Count} types.", nameof(values));
        var head = (int)output.Position;
        var tail = types.Sum(type => type.HeadWords) * Word;
        output.SetLength(Math.Max(output.Length, head + tail));
        for (var i = 0; i < types.Count; i++)
        {
            if (!types[i].IsDynamic)
            {
                Write(output, types[i], values[i]);
                continue;
            }

            var next = (int)output.Position;
            WriteNumber(output, (ulong)(output.Length - head));
            output.Position = output.Length;
            Write(output, types[i], values[i]);
            output.Position = next + Word;
        }
    }

    static void Write(MemoryStream output, AbiType type, object value)
    {
        switch (type.Kind)
        {
            case AbiKind.Bytes:
                WriteBytes(output, (byte[])value);
                break;
            case AbiKind.Text:
                WriteBytes(output, Encoding.UTF8.GetBytes((string)value));
                break;
            case AbiKind.List:
                var items = (IReadOnlyList<object>)value;
                WriteNumber(output, (ulong)items.Count);
                WriteAll(output, [.. Enumerable.Repeat(type.Element!, items.Count)], items);
                break;
            case AbiKind.FixedList:
                WriteAll(output, [.. Enumerable.Repeat(type.Element!, type.Size)], (IReadOnlyList<object>)value);
                break;
            case AbiKind.Tuple:
                WriteAll(output, type.Components, (IReadOnlyList<object>)value);
                break;
            default:
                Span<byte> word = stackalloc byte[Word];
                AbiWord.Write(type, value, word);
                output.Write(word);
                break;
        }
    }

    static void WriteBytes(MemoryStream output, byte[] value)
    {
        WriteNumber(output, (ulong)value.Length);
        output.Write(value);
        output.Write(new byte[(Word - value.Length % Word) % Word]);
    }

    static void WriteNumber(MemoryStream output, ulong value)
    {
        Span<byte> word = stackalloc byte[Word];
        word.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(word[(Word - sizeof(ulong))..], value);
        output.Write(word);
    }
}
