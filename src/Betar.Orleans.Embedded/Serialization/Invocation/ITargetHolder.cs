namespace Orleans.Serialization.Invocation;

/// <summary>What a call is made on: the grain and its extensions.</summary>
public interface ITargetHolder
{
    object? GetTarget();

    object? GetComponent(Type componentType);
}
