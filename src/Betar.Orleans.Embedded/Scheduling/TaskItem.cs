namespace Orleans.Runtime;

/// <summary>A task, mostly the rest of a method after an await.</summary>
internal sealed class TaskItem(Task task) : WorkItem
{
    public Task Task => task;

    public override void Run(Activation activation) => throw new InvalidOperationException("Tasks are run by their scheduler.");
}
