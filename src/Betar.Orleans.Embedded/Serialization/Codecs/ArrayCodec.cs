using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

internal sealed class ArrayCodec<T> : ObjectCodec<T[]>
{
    private Codec<T>? _elements;

    private Codec<T> Elements => _elements ??= Codecs.Get<T>();

    internal override void WriteContent(WireWriter writer, uint idDelta, T[] value)
    {
        writer.BeginObject(idDelta);
        writer.WriteUInt64(0, (ulong)value.Length);
        foreach (var element in value)
            Elements.Write(writer, 0, element);
        writer.EndObject();
    }

    internal override T[] ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var count = reader.ReadElementCount(reader.ReadHeader(out _));
        if (count > WireLimits.MaxPreallocated)
            return ReadLarge(ref reader, field, count);
        var value = count == 0 ? [] : new T[count];
        reader.Record(field, value);
        for (var i = 0; i < value.Length; i++)
            value[i] = Elements.Read(ref reader, reader.ReadHeader(out _));
        reader.EndObject();
        return value;
    }

    internal override T[] CopyContent(T[] input, CopyContext context)
    {
        if (Elements.IsImmutable)
        {
            var clone = (T[])input.Clone();
            context.RecordCopy(input, clone);
            return clone;
        }

        var copy = new T[input.Length];
        context.RecordCopy(input, copy);
        for (var i = 0; i < input.Length; i++)
            copy[i] = Elements.DeepCopy(input[i], context);
        return copy;
    }

    // A count is only a claim: room for it is made as elements come, and then the array cannot be a member of itself.
    private T[] ReadLarge(ref WireReader reader, WireField field, int count)
    {
        var list = new List<T>(WireLimits.MaxPreallocated);
        for (var i = 0; i < count; i++)
            list.Add(Elements.Read(ref reader, reader.ReadHeader(out _)));
        reader.EndObject();
        var value = list.ToArray();
        reader.Record(field, value);
        return value;
    }
}
