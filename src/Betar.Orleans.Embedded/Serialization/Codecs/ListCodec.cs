using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

internal sealed class ListCodec<T> : ObjectCodec<List<T>>
{
    private Codec<T>? _elements;

    private Codec<T> Elements => _elements ??= Codecs.Get<T>();

    internal override void WriteContent(WireWriter writer, uint idDelta, List<T> value)
    {
        writer.BeginObject(idDelta);
        writer.WriteUInt64(0, (ulong)value.Count);
        foreach (var element in value)
            Elements.Write(writer, 0, element);
        writer.EndObject();
    }

    internal override List<T> ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var count = reader.ReadElementCount(reader.ReadHeader(out _));
        var value = new List<T>(Math.Min(count, WireLimits.MaxPreallocated));
        reader.Record(field, value);
        for (var i = 0; i < count; i++)
            value.Add(Elements.Read(ref reader, reader.ReadHeader(out _)));
        reader.EndObject();
        return value;
    }

    internal override List<T> CopyContent(List<T> input, CopyContext context)
    {
        var copy = Elements.IsImmutable ? new List<T>(input) : new List<T>(input.Count);
        context.RecordCopy(input, copy);
        if (Elements.IsImmutable)
            return copy;
        foreach (var element in input)
            copy.Add(Elements.DeepCopy(element, context));
        return copy;
    }
}
