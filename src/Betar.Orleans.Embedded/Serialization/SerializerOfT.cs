using System.Buffers;
using Orleans.Serialization.Session;

namespace Orleans.Serialization;

/// <summary>Writes and reads values of one type.</summary>
public sealed class Serializer<T>(SerializerSessionPool sessionPool)
{
    private readonly Serializer _serializer = new(sessionPool);

    public byte[] SerializeToArray(T value) => _serializer.SerializeToArray(value);

    public void Serialize<TBufferWriter>(T value, TBufferWriter destination)
        where TBufferWriter : IBufferWriter<byte> => _serializer.Serialize(value, destination);

    public T Deserialize(byte[] source) => _serializer.Deserialize<T>(source);

    public T Deserialize(ReadOnlyMemory<byte> source) => _serializer.Deserialize<T>(source);

    public T Deserialize(ReadOnlySequence<byte> source) => _serializer.Deserialize<T>(source);

    public T Deserialize(ReadOnlySpan<byte> source) => _serializer.Deserialize<T>(source);
}
