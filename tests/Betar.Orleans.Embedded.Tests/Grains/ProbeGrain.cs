using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

public sealed partial class ProbeGrain(Journal journal, TimeProvider clock) : Grain, IProbeGrain
{
    private int _sum;
    private int _inside;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (journal.TakeFailure(this.GetPrimaryKeyString()))
            throw new NotSupportedException("told to fail");
        journal.Born(this.GetPrimaryKeyString(), RuntimeIdentity);
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Died(this.GetPrimaryKeyString(), RuntimeIdentity, reason.ReasonCode);
    }

    public Task<string> Where() => Task.FromResult(RuntimeIdentity);

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public Task AddQuietly(int amount) => Add(amount);

    public Task<int> Forward(IProbeGrain other, int amount) => other.Add(amount);

    public Task Tell(IProbeGrain other, string text) => other.Note(text);

    public async Task<string> Wait(TimeSpan time)
    {
        _inside++;
        var others = _inside;
        await Task.Delay(time, clock);
        _inside--;
        return $"{others}";
    }

    public Task WaitWithShortTimeout(TimeSpan time) => Wait(time);

    public async Task WaitThenNote(TimeSpan time, string text)
    {
        await Task.Delay(time, clock);
        journal.Write(text);
    }

    public async Task WaitUntilCancelled(CancellationToken token)
    {
        journal.Write("entered");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, token);
        }
        finally
        {
            journal.Write(token.IsCancellationRequested ? "cancelled" : "left");
        }
    }

    public Task<string> Peek() => Task.FromResult($"{_inside}");

    public Task<string> Read(TimeSpan time) => Wait(time);

    public Task Note(string text)
    {
        journal.Write(text);
        return Task.CompletedTask;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task<string> CallBack(string other, bool allow)
    {
        using var section = allow ? RequestContext.AllowCallChainReentrancy() : default(IDisposable);
        return await GrainFactory.GetGrain<IProbeGrain>(other).Relay(this);
    }

    public async Task OpenAndWait(TimeSpan time, int sections)
    {
        var open = Enumerable.Range(0, sections).Select(static _ => RequestContext.AllowCallChainReentrancy()).ToArray();
        await Task.Delay(time, clock);
        foreach (var section in open)
            section.Dispose();
    }

    public async Task<string> CallBackAfterwards(string other)
    {
        RequestContext.AllowCallChainReentrancy().Dispose();
        return await GrainFactory.GetGrain<IProbeGrain>(other).Relay(this);
    }

    public async Task<string> CallBackInside(string other)
    {
        using var outer = RequestContext.AllowCallChainReentrancy();
        RequestContext.AllowCallChainReentrancy().Dispose();
        return await GrainFactory.GetGrain<IProbeGrain>(other).Relay(this);
    }

    public async Task<string> CallBackAfterwardsElsewhere(string other, string third)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        return await GrainFactory.GetGrain<IProbeGrain>(other).CallBackAfterwards(third);
    }

    public async Task<string> CallBackSuppressed(string other)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        return await GrainFactory.GetGrain<IProbeGrain>(other).RelaySuppressed(this);
    }

    public async Task<string> CallBackThrough(string other, string between)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        return await GrainFactory.GetGrain<IProbeGrain>(between).RelayThrough(GrainFactory.GetGrain<IProbeGrain>(other), this);
    }

    public async Task<string> RelaySuppressed(IProbeGrain target)
    {
        using var section = RequestContext.SuppressCallChainReentrancy();
        return await Relay(target);
    }

    public Task<string> RelayThrough(IProbeGrain between, IProbeGrain target) => between.Relay(target);

    public async Task<string> Relay(IProbeGrain target) => $"{this.GetPrimaryKeyString()} of {await target.Where()}";

    public Task<string?> Context(string key) => Task.FromResult((string?)RequestContext.Get(key));

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public Task FailUnheard(string message) => Fail(message);

    public Task HaveFailUnheard(IProbeGrain other, string message) => other.FailUnheard(message);

    public Task StartTimer(TimeSpan due, TimeSpan period, bool keepAlive, bool interleave)
    {
        this.RegisterGrainTimer(
            token =>
            {
                journal.Write($"tick {clock.GetUtcNow():HH:mm:ss}");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(due, period) { KeepAlive = keepAlive, Interleave = interleave });
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<int> Numbers(int count, TimeSpan pause)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, clock);
                yield return i;
            }
        }
        finally
        {
            journal.Write("enumeration over");
        }
    }

    public async IAsyncEnumerable<int> NumbersThenFailure(int count)
    {
        for (var i = 0; i < count; i++)
            yield return i;
        await Task.Yield();
        throw new InvalidOperationException("no more numbers");
    }
}
