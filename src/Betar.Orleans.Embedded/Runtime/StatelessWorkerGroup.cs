namespace Orleans.Runtime;

/// <summary>The activations of one stateless worker's key on one silo; each call goes to the one with least to do.</summary>
internal sealed class StatelessWorkerGroup(Silo silo, GrainTypeInfo type, GrainId id, int max) : ICallTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private readonly List<int> _loads = [];
    private bool _removed;

    public GrainId Id => id;

    public void Post(Invocation call)
    {
        Activation? worker = null;
        lock (_gate)
        {
            if (!_removed)
                worker = Choose();
        }

        if (worker is null)
            silo.Route(call);
        else
            worker.Post(call);
    }

    /// <summary>A call has left the worker, done or not.</summary>
    public void Left(Activation worker)
    {
        lock (_gate)
        {
            var index = _workers.IndexOf(worker);
            if (index >= 0)
                _loads[index]--;
        }
    }

    public void Remove(Activation worker)
    {
        lock (_gate)
        {
            var index = _workers.IndexOf(worker);
            if (index < 0)
                return;
            _workers.RemoveAt(index);
            _loads.RemoveAt(index);
            _removed = _workers.Count == 0;
        }

        if (_removed)
            silo.Catalog.RemoveEmpty(this);
    }

    public Activation[] Workers()
    {
        lock (_gate)
            return [.. _workers];
    }

    private Activation Choose()
    {
        var best = -1;
        for (var i = 0; i < _workers.Count; i++)
        {
            if (best < 0 || _loads[i] < _loads[best])
                best = i;
        }

        if (best < 0 || (_loads[best] > 0 && _workers.Count < max))
        {
            best = _workers.Count;
            _workers.Add(new Activation(silo, type, id, this));
            _loads.Add(0);
        }

        _loads[best]++;
        return _workers[best];
    }
}
