namespace Betar.Libp2p.Limits;

/// <summary>A place where things are counted against limits.</summary>
internal sealed class ResourceScope(string name, ScopeLimitOptions limits, Action<ResourceScope>? unused = null)
{
    private readonly Lock _lock = new();
    private ResourceAmount _used;
    private int _holders;
    private bool _retired;

    public string Name => name;

    public ResourceAmount Used
    {
        get
        {
            lock (_lock)
                return _used;
        }
    }

    /// <summary>False, with the name of the limit, when it does not fit; then nothing has changed.</summary>
    public bool TryAdd(ResourceAmount amount, out string? limit)
    {
        lock (_lock)
        {
            var sum = _used + amount;
            limit = sum.Exceeds(limits) is { } what ? name + "." + what : null;
            if (limit is not null)
                return false;
            _used = sum;
            return true;
        }
    }

    public void Remove(ResourceAmount amount)
    {
        lock (_lock)
            _used -= amount;
    }

    /// <summary>False for a scope that was given up a moment ago; take a new one.</summary>
    public bool TryHold()
    {
        lock (_lock)
        {
            if (_retired)
                return false;
            _holders++;
            return true;
        }
    }

    /// <summary>A scope of one peer, protocol or address goes with its last holder, so that strangers leave nothing behind.</summary>
    public void LetGo()
    {
        lock (_lock)
        {
            if (--_holders > 0 || unused is null)
                return;
            _retired = true;
        }

        unused(this);
    }
}
