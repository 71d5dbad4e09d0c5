using Orleans.Timers;

namespace Orleans.Runtime;

internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        RuntimeContext.Check(grainContext);
        return new GrainTimer<TState>((Activation)grainContext, callback, state, options);
    }
}
