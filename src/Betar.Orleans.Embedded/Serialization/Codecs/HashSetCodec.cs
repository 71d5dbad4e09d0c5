using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

internal sealed class HashSetCodec<T> : ObjectCodec<HashSet<T>>
{
    private Codec<T>? _elements;

    private Codec<T> Elements => _elements ??= Codecs.Get<T>();

    internal override void WriteContent(WireWriter writer, uint idDelta, HashSet<T> value)
    {
        writer.BeginObject(idDelta);
        writer.WriteUInt64(0, Comparers.Number(value.Comparer));
        writer.WriteUInt64(0, (ulong)value.Count);
        foreach (var element in value)
            Elements.Write(writer, 0, element);
        writer.EndObject();
    }

    internal override HashSet<T> ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var comparer = Comparers.ByNumber<T>(reader.ReadUInt64(reader.ReadHeader(out _)));
        var count = reader.ReadElementCount(reader.ReadHeader(out _));
        var value = new HashSet<T>(Math.Min(count, WireLimits.MaxPreallocated), comparer);
        reader.Record(field, value);
        for (var i = 0; i < count; i++)
            value.Add(Elements.Read(ref reader, reader.ReadHeader(out _)));
        reader.EndObject();
        return value;
    }

    internal override HashSet<T> CopyContent(HashSet<T> input, CopyContext context)
    {
        var copy = new HashSet<T>(input.Count, input.Comparer);
        context.RecordCopy(input, copy);
        foreach (var element in input)
            copy.Add(Elements.DeepCopy(element, context));
        return copy;
    }
}
