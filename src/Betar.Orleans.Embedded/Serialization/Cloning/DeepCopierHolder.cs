using Betar.Orleans.Embedded.Serialization;
using Orleans.Serialization.Serializers;

namespace Orleans.Serialization.Cloning;

/// <summary>Gives the container's open generic copiers a constructor to call.</summary>
internal sealed class DeepCopierHolder<T>(CodecProvider codecs) : IDeepCopier<T>
{
    private readonly Codec<T> _copier = codecs.Get<T>();

    public T DeepCopy(T input, CopyContext context) => _copier.DeepCopy(input, context);

    public object? DeepCopy(object? input, CopyContext context) => _copier.DeepCopy(input, context);
}
