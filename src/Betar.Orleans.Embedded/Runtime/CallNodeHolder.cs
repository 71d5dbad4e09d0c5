namespace Orleans.Runtime;

/// <summary>Breaks the circle between a node and the references that call through it.</summary>
internal sealed class CallNodeHolder
{
    private CallNode? _node;

    public CallNode Node
    {
        get => _node ?? throw new InvalidOperationException("The silo or client has not been started.");
        set => _node = value;
    }
}
