using Orleans.Serialization.Cloning;

namespace Orleans.Serialization;

/// <summary>Copies values of one type.</summary>
public sealed class DeepCopier<T>(IDeepCopier<T> copier, CopyContextPool contextPool)
{
    public T Copy(T value)
    {
        using var context = contextPool.GetContext();
        return copier.DeepCopy(value, context);
    }
}
