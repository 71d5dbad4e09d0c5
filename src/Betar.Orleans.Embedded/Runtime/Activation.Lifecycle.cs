using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private ActivationState _state;

    public ActivationState State => _state;

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        Post(new ActionItem(static activation => ((Activation)activation!).ActivateUncalled(), this));

    /// <summary>From any thread: ends the activation when nothing runs in it any more.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (ReferenceEquals(RuntimeContext.Current, this))
            Require(deactivationReason);
        else
            Post(new ActionItem(
                static state =>
                {
                    var (activation, reason) = ((Activation, DeactivationReason))state!;
                    activation.Require(reason);
                },
                (this, deactivationReason)));
    }

    public void DelayDeactivation(TimeSpan time) =>
        Extras.KeepUntil = time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan ? 0 : Silo.DeadlineIn(time);

    /// <summary>Ends the activation unless it was used after the given moment.</summary>
    public void DeactivateIfUnusedSince(long timestamp, DeactivationReason reason) =>
        Post(new ActionItem(
            static state =>
            {
                var (activation, timestamp, reason) = ((Activation, long, DeactivationReason))state!;
                if (activation._running == 0 && activation._firstWaiting is null && activation.LastUsed <= timestamp
                    && (activation._extras is null || activation._extras.KeepUntil <= activation.Silo.Now))
                    activation.Require(reason);
            },
            (this, timestamp, reason)));

    /// <summary>Ends when a deactivation that was asked for before has ended, at once when there is none.</summary>
    public async Task CollectedAsync()
    {
        var decided = new TaskCompletionSource<bool>(Silo.Scheduler.Completion);
        Post(new ActionItem(
            static state =>
            {
                var (activation, decided) = ((Activation, TaskCompletionSource<bool>))state!;
                decided.SetResult(activation._extras?.Reason is not null);
            },
            (this, decided)));
        if (await decided.Task)
            await Deactivated;
    }

    public void AddTimer(GrainTimer timer) => (Extras.Timers ??= []).Add(timer);

    public void RemoveTimer(GrainTimer timer) => _extras?.Timers?.Remove(timer);

    private void Require(DeactivationReason reason)
    {
        if (_state is ActivationState.Deactivating or ActivationState.Gone || Type.IsSystem || _extras?.Reason is not null)
            return;
        Extras.Reason = reason;

        // One that was never called has nothing to say goodbye to; one that is starting looks when it has started.
        if (_state is ActivationState.Created or ActivationState.Valid && _running == 0)
            DeactivateNow();
    }

    private void ActivateUncalled()
    {
        if (_state == ActivationState.Created)
            _ = ActivateAsync(null);
    }

    private async Task ActivateAsync(RequestContextValues? context)
    {
        _state = ActivationState.Activating;
        try
        {
            if (Type.UsesDirectory && !Address.Equals(await Silo.Directory.RegisterAsync(Address)))
            {
                Silo.Catalog.Remove(this);
                GiveWaitingAway();
                return;
            }

            RequestContext.Current = context;
            GrainInstance = Type.Create(this);
            (GrainInstance as ILifecycleParticipant<IGrainLifecycle>)?.Participate(ObservableLifecycle);
            var lifecycle = _extras?.Lifecycle;
            using var limit = lifecycle is null && !Type.HasHooks ? null : Silo.NewTimeout(Silo.ActivationTimeout);
            if (lifecycle is not null)
                await lifecycle.OnStart(limit!.Token);
            if (GrainInstance is IGrainBase grain)
                await grain.OnActivateAsync(limit?.Token ?? default);
        }
        catch (Exception exception)
        {
            await FailAsync(exception);
            return;
        }

        _state = ActivationState.Valid;
        LastUsed = Silo.Now;
        if (_extras?.Reason is not null && _running == 0)
            DeactivateNow();
        else
            GoOn();
    }

    /// <summary>The start failed: those that waited for it are told why, the next call tries again.</summary>
    private async Task FailAsync(Exception exception)
    {
        Silo.LogActivationFailed(GrainId, exception);
        _state = ActivationState.Deactivating;
        await DisposeInstanceAsync();
        if (Type.UsesDirectory)
            await Silo.Directory.UnregisterAsync(Address);
        Silo.Catalog.Remove(this);
        _state = ActivationState.Gone;
        while (TakeWaiting() is { } call)
        {
            Leave(call);
            call.Complete(Response.FromException(exception));
        }

        SignalGone();
    }

    private void DeactivateNow()
    {
        if (_state is ActivationState.Deactivating or ActivationState.Gone)
            return;
        var wasValid = _state == ActivationState.Valid;
        _state = ActivationState.Deactivating;
        _ = DeactivateAsync(_extras!.Reason!.Value, wasValid);
    }

    private async Task DeactivateAsync(DeactivationReason reason, bool wasValid)
    {
        if (_extras?.Timers is { } timers)
        {
            foreach (var timer in timers.ToArray())
                timer.Dispose();
        }

        if (wasValid)
        {
            var lifecycle = _extras?.Lifecycle;
            using var limit = lifecycle is null && !Type.HasHooks ? null : Silo.NewTimeout(Silo.DeactivationTimeout);
            try
            {
                if (GrainInstance is IGrainBase grain)
                    await grain.OnDeactivateAsync(reason, limit?.Token ?? default);
                if (lifecycle is not null)
                    await lifecycle.OnStop(limit!.Token);
            }
            catch (Exception exception)
            {
                Silo.LogDeactivationFailed(GrainId, exception);
            }
        }

        if (Type.UsesDirectory)
            await Silo.Directory.UnregisterAsync(Address);
        // As on Orleans: who sees the instance disposed no longer finds it.
        Silo.Catalog.Remove(this);
        await DisposeInstanceAsync();
        GiveWaitingAway();
    }

    /// <summary>No longer here: what waits goes to wherever the grain is or will be.</summary>
    private void GiveWaitingAway()
    {
        _state = ActivationState.Gone;
        while (TakeWaiting() is { } call)
        {
            Leave(call);
            call.Reroute(Silo);
        }

        SignalGone();
    }

    private void SignalGone()
    {
        lock (Address)
            _extras?.Gone?.TrySetResult();
    }

    private async Task DisposeInstanceAsync()
    {
        try
        {
            if (_extras?.Components is { } components)
            {
                foreach (var component in components.Values)
                    await DisposeAsync(component);
            }

            await DisposeAsync(GrainInstance);
            if (_extras?.Scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Silo.LogDeactivationFailed(GrainId, exception);
        }
    }

    private static async ValueTask DisposeAsync(object? thing)
    {
        if (thing is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else if (thing is IDisposable disposable)
            disposable.Dispose();
    }
}
