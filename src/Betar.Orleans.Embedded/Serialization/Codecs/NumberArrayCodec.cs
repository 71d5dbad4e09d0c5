using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Arrays of numbers, byte[] among them: one block of bytes.</summary>
internal sealed class NumberArrayCodec<T> : ObjectCodec<T[]>
    where T : unmanaged
{
    internal override void WriteContent(WireWriter writer, uint idDelta, T[] value) =>
        writer.WriteBytes(idDelta, MemoryMarshal.AsBytes<T>(value));

    internal override T[] ReadContent(ref WireReader reader, WireField field)
    {
        var bytes = reader.ReadBytes(field);
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
            throw WireReader.Malformed("an array ends within an element");
        var value = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        reader.Record(field, value);
        return value;
    }

    internal override T[] CopyContent(T[] input, CopyContext context)
    {
        var copy = (T[])input.Clone();
        context.RecordCopy(input, copy);
        return copy;
    }
}
