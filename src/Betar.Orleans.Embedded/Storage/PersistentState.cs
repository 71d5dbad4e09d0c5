using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>
/// One state of one activation. Storage calls of one state run one after the other; of writes that wait, one suffices for all.
/// </summary>
internal sealed class PersistentState<T>(string name, Activation activation, IGrainStorage storage) : IPersistentState<T>, ILifecycleObserver
{
    private readonly GrainState<T> _state = new(NewState());
    private Task _last = Task.CompletedTask;
    private Task? _waitingWrite;

    public T State
    {
        get
        {
            RuntimeContext.Check(activation);
            return _state.State;
        }

        set
        {
            RuntimeContext.Check(activation);
            _state.State = value;
        }
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync()
    {
        RuntimeContext.Check(activation);
        return _last = Next(_last, static self => self.ReadCore());
    }

    public Task WriteStateAsync()
    {
        RuntimeContext.Check(activation);
        if (_waitingWrite is { } waiting)
            return waiting;
        if (_last.IsCompleted)
            return _last = Guard(static self => self.WriteCore());
        return _last = _waitingWrite = Next(_last, static self => self.WriteCore());
    }

    public Task ClearStateAsync()
    {
        RuntimeContext.Check(activation);
        return _last = Next(_last, static self => self.ClearCore());
    }

    public Task OnStart(CancellationToken cancellationToken = default) => ReadStateAsync();

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private static T NewState()
    {
        var type = typeof(T);
        if (type.IsValueType || type == typeof(string) || type.IsArray || type.IsInterface)
            return default!;
        return type.GetConstructor(Type.EmptyTypes) is null
            ? (T)RuntimeHelpers.GetUninitializedObject(type)
            : Activator.CreateInstance<T>();
    }

    private async Task Next(Task before, Func<PersistentState<T>, Task> step)
    {
        // The one before has its own waiter, who is told when it failed.
        if (!before.IsCompleted)
            await before.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, activation);
        await Guard(step);
    }

    private async Task Guard(Func<PersistentState<T>, Task> step)
    {
        try
        {
            await step(this);
        }
        catch (InconsistentStateException exception)
        {
            exception.Owner ??= activation;
            throw;
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw new OrleansException($"State \"{name}\" of grain {activation.GrainId} failed in its store: {exception.Message}", exception);
        }
    }

    private async Task ReadCore()
    {
        await storage.ReadStateAsync(name, activation.GrainId, _state);
        if (!_state.RecordExists && _state.State is null)
            _state.State = NewState();
    }

    private Task WriteCore()
    {
        _waitingWrite = null;
        return storage.WriteStateAsync(name, activation.GrainId, _state);
    }

    private async Task ClearCore()
    {
        await storage.ClearStateAsync(name, activation.GrainId, _state);
        _state.State = NewState();
    }
}
