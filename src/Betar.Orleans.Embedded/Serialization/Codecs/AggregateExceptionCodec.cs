using System.Runtime.CompilerServices;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>An exception with several inner ones; its message is made from theirs, so that only its own part is written.</summary>
internal sealed class AggregateExceptionCodec<T> : ExceptionCodec<T>
    where T : AggregateException
{
    private Codec<Exception[]>? _all;

    private Codec<Exception[]> All => _all ??= Codecs.Get<Exception[]>();

    public override void WriteMembers(WireWriter writer, T value)
    {
        base.WriteMembers(writer, value);
        All.Write(writer, 1, [.. value.InnerExceptions]);
    }

    protected override string? MessageOf(T value) => Message(value);

    private protected override void ReadMore(ref WireReader reader, uint id, WireField field, T value)
    {
        if (id == 4)
            InnerExceptions(value) = All.Read(ref reader, field) ?? [];
        else
            reader.Skip(field);
    }

    protected override T Create(IServiceProvider services)
    {
        var value = base.Create(services);
        InnerExceptions(value) = [];
        return value;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerExceptions")]
    private static extern ref Exception[] InnerExceptions(AggregateException exception);
}
