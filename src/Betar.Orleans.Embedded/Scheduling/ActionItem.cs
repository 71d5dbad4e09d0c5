namespace Orleans.Runtime;

/// <summary>A step of the engine that must not meet a turn of the grain.</summary>
internal sealed class ActionItem(Action<object?> action, object? state) : WorkItem
{
    public override void Run(Activation activation) => action(state);
}
