using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

internal sealed class DictionaryCodec<TKey, TValue> : ObjectCodec<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    private Codec<TKey>? _keys;
    private Codec<TValue>? _values;

    private Codec<TKey> Keys => _keys ??= Codecs.Get<TKey>();

    private Codec<TValue> Values => _values ??= Codecs.Get<TValue>();

    internal override void WriteContent(WireWriter writer, uint idDelta, Dictionary<TKey, TValue> value)
    {
        writer.BeginObject(idDelta);
        writer.WriteUInt64(0, Comparers.Number(value.Comparer));
        writer.WriteUInt64(0, (ulong)value.Count);
        foreach (var (key, element) in value)
        {
            Keys.Write(writer, 0, key);
            Values.Write(writer, 0, element);
        }

        writer.EndObject();
    }

    internal override Dictionary<TKey, TValue> ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var comparer = Comparers.ByNumber<TKey>(reader.ReadUInt64(reader.ReadHeader(out _)));
        var count = reader.ReadElementCount(reader.ReadHeader(out _));
        var value = new Dictionary<TKey, TValue>(Math.Min(count, WireLimits.MaxPreallocated), comparer);
        reader.Record(field, value);
        for (var i = 0; i < count; i++)
        {
            var key = Keys.Read(ref reader, reader.ReadHeader(out _));
            var element = Values.Read(ref reader, reader.ReadHeader(out _));
            if (key is null || !value.TryAdd(key, element))
                throw WireReader.Malformed("a dictionary's key is null or stands there twice");
        }

        reader.EndObject();
        return value;
    }

    internal override Dictionary<TKey, TValue> CopyContent(Dictionary<TKey, TValue> input, CopyContext context)
    {
        var copy = new Dictionary<TKey, TValue>(input.Count, input.Comparer);
        context.RecordCopy(input, copy);
        foreach (var (key, element) in input)
            copy.Add(Keys.DeepCopy(key, context), Values.DeepCopy(element, context));
        return copy;
    }
}
