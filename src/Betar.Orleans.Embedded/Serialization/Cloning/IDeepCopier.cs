namespace Orleans.Serialization.Cloning;

public interface IDeepCopier
{
    object? DeepCopy(object? input, CopyContext context);
}
