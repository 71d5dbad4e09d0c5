using System.Buffers;
using Betar.Orleans.Embedded.Serialization;
using Orleans.Serialization.Session;

namespace Orleans.Serialization;

/// <summary>Writes and reads values of any type that has a codec.</summary>
public sealed class Serializer(SerializerSessionPool sessionPool)
{
    public SerializerSessionPool SessionPool { get; } = sessionPool;

    public Serializer<T> GetSerializer<T>() => new(SessionPool);

    public bool CanSerialize<T>() => CanSerialize(typeof(T));

    public bool CanSerialize(Type type) => SessionPool.CodecProvider.CanSerialize(type);

    public byte[] SerializeToArray<T>(T value)
    {
        using var session = SessionPool.GetSession();
        return Write(value, session).ToArray();
    }

    public void Serialize<T, TBufferWriter>(T value, TBufferWriter destination)
        where TBufferWriter : IBufferWriter<byte>
    {
        using var session = SessionPool.GetSession();
        destination.Write(Write(value, session));
    }

    public T Deserialize<T>(byte[] source) => Deserialize<T>(source.AsSpan());

    public T Deserialize<T>(ReadOnlyMemory<byte> source) => Deserialize<T>(source.Span);

    public T Deserialize<T>(ReadOnlySequence<byte> source) =>
        source.IsSingleSegment ? Deserialize<T>(source.FirstSpan) : Deserialize<T>(source.ToArray());

    public T Deserialize<T>(ReadOnlySpan<byte> source)
    {
        using var session = SessionPool.GetSession();
        return Read<T>(source, session);
    }

    internal static ReadOnlySpan<byte> Write<T>(T value, SerializerSession session)
    {
        session.CodecProvider.Get<T>().Write(session.Writer, 0, value);
        return session.Writer.Written;
    }

    internal static T Read<T>(ReadOnlySpan<byte> source, SerializerSession session)
    {
        try
        {
            var reader = new WireReader(source, session);
            var value = session.CodecProvider.Get<T>().Read(ref reader, reader.ReadHeader(out _));
            return reader.Remaining == 0 ? value : throw WireReader.Malformed("something follows its end");
        }
        catch (Exception exception) when (exception is not (SerializerException or OutOfMemoryException))
        {
            // Raised by constructors and setters of the value's parts, which say no to what they are given.
            throw new SerializerException($"The serialized {typeof(T)} holds a value that its type does not take.", exception);
        }
    }
}
