using Orleans.Serialization.Serializers;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>A surrogate codec of two functions; values are shared by copies when their parts are immutable.</summary>
internal sealed class DelegateCodec<T, TSurrogate>(
    Func<T, TSurrogate> to, Func<TSurrogate, T> from, Func<CodecProvider, bool>? isImmutable = null)
    : SurrogateCodec<T, TSurrogate>
{
    private bool? _isImmutable;

    public override bool IsImmutable => _isImmutable ??= isImmutable is not null && isImmutable(Codecs);

    protected override TSurrogate ToSurrogate(T value) => to(value);

    protected override T FromSurrogate(TSurrogate surrogate) => from(surrogate);
}
