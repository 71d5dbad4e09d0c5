namespace Betar.Semantics.Tests.Timers;

public sealed class TimerGrain : SceneGrain, ITimerGrain
{
    readonly Dictionary<string, IGrainTimer> _timers = [];

    public Task Start(string name, TimeSpan due, TimeSpan period, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer(() => Noted(name), new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartHeld(string name, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer(
            async token =>
            {
                Scene.Note($"{name} begins");
                await using var heard = token.Register(() => Scene.Note($"{name} cancelled"));
                await Scene.Gate(name);
                Scene.Note($"{name} ends");
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public async Task StartAndHold(string gate)
    {
        this.RegisterGrainTimer(() => Noted("plain tick"), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(
            () => Noted("interleaving tick"),
            new GrainTimerCreationOptions(TimeSpan.FromMilliseconds(30), Timeout.InfiniteTimeSpan) { Interleave = true });
        await Scene.Gate(gate);
        Scene.Note("turn ends");
    }

    public Task StartWithState(string name, string state)
    {
        _timers[name] = this.RegisterGrainTimer(
            static (state, token) =>
            {
                Scene.Of(state.Key).Note($"{state.Text} {token.CanBeCanceled}");
                return Task.CompletedTask;
            },
            (Key, Text: state),
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartFailing(string name)
    {
        _timers[name] = this.RegisterGrainTimer(
            () =>
            {
                Scene.Note(name);
                throw new InvalidOperationException("a tick failed");
            },
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(1));
        return Task.CompletedTask;
    }

    public Task StartOnce(string name)
    {
        _timers[name] = this.RegisterGrainTimer(
            () =>
            {
                _timers[name].Dispose();
                return Noted(name);
            },
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(1));
        return Task.CompletedTask;
    }

    public Task StartAndNoteScheduler(string name)
    {
        var own = TaskScheduler.Current;
        _timers[name] = this.RegisterGrainTimer(
            async () =>
            {
                await Task.Yield();
                Scene.Note(TaskScheduler.Current == own ? "on the grain" : "elsewhere");
            },
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Change(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name].Change(due, period);
        return Task.CompletedTask;
    }

    public Task Dispose(string name)
    {
        _timers[name].Dispose();
        return Noted($"{name} disposed");
    }

    public Task DisposeAtOnce(string name) => Dispose(name);

    public Task Plain(string name) => Noted(name);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Key.EndsWith("from-the-start", StringComparison.Ordinal))
        {
            this.RegisterGrainTimer(() => Noted("from the start"), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Noted("left");

    Task Noted(string note)
    {
        Scene.Note(note);
        return Task.CompletedTask;
    }
}
