using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Limits;

/// <summary>
/// What one connection or stream holds, counted in every scope that it belongs to: all of them have room, or none is charged.
/// Disposing gives everything back, once.
/// </summary>
internal sealed class ResourceHolding : IMemoryBudget, IDisposable
{
    private readonly Lock _lock = new();
    private readonly LimitMeter _meter;
    private List<ResourceScope> _scopes;
    private ResourceAmount _held;
    private bool _disposed;

    /// <summary>Takes over one hold on each of the scopes.</summary>
    public ResourceHolding(LimitMeter meter, params IEnumerable<ResourceScope> scopes)
    {
        _meter = meter;
        _scopes = [.. scopes];
    }

    public ResourceAmount Held
    {
        get
        {
            lock (_lock)
                return _held;
        }
    }

    public bool TryReserve(ResourceAmount amount)
    {
        lock (_lock)
        {
            if (_disposed || !TryAddAll(_scopes, amount))
                return false;
            _held += amount;
            return true;
        }
    }

    public void Hit(string limit) => _meter.Hit(limit);

    public bool TryReserve(long bytes) => TryReserve(new ResourceAmount(Memory: bytes));

    public void Release(long bytes)
    {
        lock (_lock)
        {
            // What comes late was given back already.
            if (_disposed)
                return;
            var amount = new ResourceAmount(Memory: Math.Min(bytes, _held.Memory));
            _held -= amount;
            foreach (var scope in _scopes)
                scope.Remove(amount);
        }
    }

    /// <summary>Moves all that is held out of one scope and into others. False when they have no room: then nothing has moved.</summary>
    public bool TryMove(ResourceScope from, params IReadOnlyList<ResourceScope> to)
    {
        lock (_lock)
        {
            if (_disposed || !TryAddAll(to, _held))
            {
                foreach (var scope in to)
                    scope.LetGo();
                return false;
            }

            if (_scopes.Remove(from))
            {
                from.Remove(_held);
                from.LetGo();
            }

            _scopes = [.. _scopes, .. to];
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            foreach (var scope in _scopes)
            {
                scope.Remove(_held);
                scope.LetGo();
            }

            _held = default;
        }
    }

    private bool TryAddAll(IReadOnlyList<ResourceScope> scopes, ResourceAmount amount)
    {
        for (var i = 0; i < scopes.Count; i++)
        {
            if (scopes[i].TryAdd(amount, out var limit))
                continue;
            _meter.Hit(limit!);
            while (--i >= 0)
                scopes[i].Remove(amount);
            return false;
        }

        return true;
    }
}
