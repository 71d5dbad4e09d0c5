using Betar.Agents;

namespace Betar.Grains.Fleet;

/// <summary>An executor and the tasks that it does: when it is replaced it ends with the last of them, and not under their feet.</summary>
internal sealed class HeldExecutor(ExecutorSpec spec, IExecutor executor)
{
    private int _tasks;
    private bool _replaced;

    public ExecutorSpec Spec => spec;

    public IExecutor Executor => executor;

    public void Enter() => _tasks++;

    public ValueTask LeaveAsync() => --_tasks == 0 && _replaced ? EndAsync() : ValueTask.CompletedTask;

    public ValueTask ReplaceAsync()
    {
        _replaced = true;
        return _tasks == 0 ? EndAsync() : ValueTask.CompletedTask;
    }

    private ValueTask EndAsync() => executor is IAsyncDisposable held ? held.DisposeAsync() : ValueTask.CompletedTask;
}
