using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>What every exception has: message, stack, inner exception, HResult.</summary>
internal class ExceptionCodec<T> : ClassCodec<T>
    where T : Exception
{
    private Codec<Exception?>? _inner;

    // An exception that is passed within a silo stays the one that was thrown.
    public override bool IsImmutable => true;

    private Codec<Exception?> Inner => _inner ??= Codecs.Get<Exception?>();

    public override void WriteMembers(WireWriter writer, T value)
    {
        writer.WriteString(0, MessageOf(value));
        writer.WriteString(1, value.StackTrace);
        Inner.Write(writer, 1, value.InnerException);
        writer.WriteInt32(1, value.HResult);
    }

    public override void ReadMembers(ref WireReader reader, T value)
    {
        uint id = 0;
        while (reader.Next(ref id, out var field))
        {
            switch (id)
            {
                case 0:
                    Message(value) = reader.ReadString(field);
                    break;
                case 1:
                    if (reader.ReadString(field) is { } stack)
                        ExceptionDispatchInfo.SetRemoteStackTrace(value, stack);
                    break;
                case 2:
                    InnerException(value) = Inner.Read(ref reader, field);
                    break;
                case 3:
                    value.HResult = reader.ReadInt32(field);
                    break;
                default:
                    ReadMore(ref reader, id, field, value);
                    break;
            }
        }
    }

    public override void CopyMembers(T input, T output, CopyContext context)
    {
    }

    protected virtual string? MessageOf(T value) => value.Message;

    private protected virtual void ReadMore(ref WireReader reader, uint id, WireField field, T value) => reader.Skip(field);

    protected override T Create(IServiceProvider services) => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private protected static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerException(Exception exception);
}
