using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>What grains of a test did. It knows which grains live where and objects when one lives twice.</summary>
public sealed class Journal
{
    private readonly Dictionary<string, string> _alive = [];
    private readonly HashSet<string> _failing = [];
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>The ticks of reminders that came.</summary>
    public List<TickStatus> Ticks { get; } = [];

    public int Births { get; private set; }

    public int Alive => _alive.Count;

    public string? Twice { get; private set; }

    /// <summary>The next activation of the grain will throw.</summary>
    public void FailNext(string key)
    {
        lock (_gate)
            _failing.Add(key);
    }

    public bool TakeFailure(string key)
    {
        lock (_gate)
            return _failing.Remove(key);
    }

    public void Write(string line)
    {
        lock (_gate)
            _lines.Add(line);
    }

    public void Born(string key, string silo)
    {
        lock (_gate)
        {
            Births++;
            if (!_alive.TryAdd(key, silo))
                Twice ??= $"{key} lives on {_alive[key]} and now also on {silo}.";
        }
    }

    public void Died(string key, string silo, DeactivationReasonCode reason)
    {
        lock (_gate)
        {
            _lines.Add($"bye {key} {reason}");
            if (!_alive.TryGetValue(key, out var known) || known != silo)
                Twice ??= $"{key} ended on {silo} where it did not live.";
            _alive.Remove(key);
        }
    }

    public void Killed(string silo)
    {
        lock (_gate)
        {
            foreach (var key in _alive.Where(entry => entry.Value == silo).Select(static entry => entry.Key).ToArray())
                _alive.Remove(key);
        }
    }
}
