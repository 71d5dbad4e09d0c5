using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Orleans.Serialization;

/// <summary>Copies values of any type that has a codec.</summary>
public sealed class DeepCopier(CodecProvider codecProvider, CopyContextPool contextPool)
{
    public DeepCopier<T> GetCopier<T>() => new(codecProvider.Get<T>(), contextPool);

    public T Copy<T>(T value)
    {
        using var context = contextPool.GetContext();
        return context.DeepCopy(value);
    }
}
