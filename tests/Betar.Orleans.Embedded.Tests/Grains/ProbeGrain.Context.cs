using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>What the probe does with tokens and with the request context.</summary>
public sealed partial class ProbeGrain
{
    public Task<int> AddUnlessCancelled(int amount, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Add(amount);
    }

    public async Task CancelCallTo(IProbeGrain other, TimeSpan after)
    {
        using var source = new CancellationTokenSource(after, clock);
        try
        {
            await other.WaitUntilCancelled(source.Token);
        }
        catch (OperationCanceledException)
        {
            journal.Write($"caller is free {clock.GetUtcNow():HH:mm:ss}");
        }
    }

    public Task ForwardWaiting(IProbeGrain[] others, CancellationToken token) =>
        others is [var next, .. var rest]
            ? rest.Length == 0 ? next.WaitUntilCancelled(token) : next.ForwardWaiting(rest, token)
            : Task.CompletedTask;

    public Task CancelItself() => Task.FromCanceled(new CancellationToken(canceled: true));

    public Task<string?> ContextOf(IProbeGrain other, string key) => other.Context(key);

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public async Task<int> ShareListWith(IProbeGrain other)
    {
        var list = new List<string> { "mine" };
        RequestContext.Set("list", list);
        await other.AddToContextList();
        return list.Count;
    }

    public Task AddToContextList()
    {
        ((List<string>)RequestContext.Get("list")!).Add("yours");
        return Task.CompletedTask;
    }

    public Task StartContextTimer(string key, TimeSpan due)
    {
        this.RegisterGrainTimer(
            () =>
            {
                journal.Write($"tick with {RequestContext.Get(key) ?? "nothing"}");
                return Task.CompletedTask;
            },
            due,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task NoteContext(string key)
    {
        journal.Write($"{RequestContext.Get(key)}");
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ContextTwice(string key)
    {
        yield return $"{RequestContext.Get(key)}";
        await Task.Yield();
        yield return $"{RequestContext.Get(key)}";
    }
}
