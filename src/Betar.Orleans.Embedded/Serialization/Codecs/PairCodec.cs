using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

internal sealed class PairCodec<TKey, TValue> : StructCodec<KeyValuePair<TKey, TValue>>
{
    private Codec<TKey>? _keys;
    private Codec<TValue>? _values;

    public override bool IsImmutable => Keys.IsImmutable && Values.IsImmutable;

    private Codec<TKey> Keys => _keys ??= Codecs.Get<TKey>();

    private Codec<TValue> Values => _values ??= Codecs.Get<TValue>();

    public override void WriteMembers(WireWriter writer, ref KeyValuePair<TKey, TValue> value)
    {
        Keys.Write(writer, 0, value.Key);
        Values.Write(writer, 1, value.Value);
    }

    public override void ReadMembers(ref WireReader reader, ref KeyValuePair<TKey, TValue> value) =>
        value = new(Keys.Read(ref reader, reader.ReadHeader(out _)), Values.Read(ref reader, reader.ReadHeader(out _)));

    public override void CopyMembers(
        ref KeyValuePair<TKey, TValue> input, ref KeyValuePair<TKey, TValue> output, CopyContext context) =>
        output = new(Keys.DeepCopy(input.Key, context), Values.DeepCopy(input.Value, context));
}
