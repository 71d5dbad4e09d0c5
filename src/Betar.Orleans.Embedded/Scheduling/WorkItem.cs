namespace Orleans.Runtime;

/// <summary>Something for an activation to do. Items form chains by themselves, so that queueing costs no memory.</summary>
internal abstract class WorkItem
{
    public WorkItem? Next;

    public abstract void Run(Activation activation);
}
