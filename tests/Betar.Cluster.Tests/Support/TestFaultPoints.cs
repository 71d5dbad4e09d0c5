using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Betar.Cluster.Tests.Support;

/// <summary>What happens at the named places between "reserve" and "response" of a world's silos.</summary>
internal sealed class TestFaultPoints
{
    private readonly ConcurrentDictionary<string, Action<SiloAddress>> _actions = new();
    private readonly ConcurrentBag<ManualResetEventSlim> _blocked = [];

    /// <summary>Where somebody failed last; a test that cares sets it back.</summary>
    public string? Thrown { get; set; }

    /// <summary>Who gets there first fails once, like a process that a bug ends.</summary>
    public void ThrowOnce(string name) => _actions[name] = _ =>
    {
        if (!_actions.TryRemove(name, out Action<SiloAddress>? _))
            return;
        Thrown = name;
        throw new InjectedFaultException(name);
    };

    /// <summary>Who gets there first stands still there until <see cref="Release"/>; the task says on which silo.</summary>
    public Task<SiloAddress> HangOnce(string name)
    {
        var reached = new TaskCompletionSource<SiloAddress>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new ManualResetEventSlim();
        _blocked.Add(gate);
        _actions[name] = silo =>
        {
            if (!_actions.TryRemove(name, out Action<SiloAddress>? _))
                return;
            reached.SetResult(silo);
            gate.Wait();
        };
        return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Release()
    {
        _actions.Clear();
        foreach (ManualResetEventSlim gate in _blocked)
            gate.Set();
    }

    public void Reach(string name, SiloAddress silo)
    {
        if (_actions.TryGetValue(name, out Action<SiloAddress>? action))
            action(silo);
    }
}
