using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>All activations of one silo.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, ICallTarget> _targets = new();

    public bool TryGet(GrainId id, out ICallTarget? target) => _targets.TryGetValue(id, out target);

    public ICallTarget GetOrCreate(GrainId id)
    {
        if (_targets.TryGetValue(id, out var target))
            return target;
        var type = silo.Types.Get(id.Type);
        ICallTarget created = type.Placement is StatelessWorkerPlacement workers
            ? new StatelessWorkerGroup(silo, type, id, workers.MaxLocal)
            : new Activation(silo, type, id, group: null);
        return _targets.GetOrAdd(id, created);
    }

    public void AddSystem(GrainType type, object instance)
    {
        var id = SystemTargets.IdOf(type, silo.Address);
        _targets[id] = new Activation(silo, GrainTypeInfo.System(type, instance.GetType()), id, group: null, instance);
    }

    public void Remove(Activation activation)
    {
        if (_targets.TryGetValue(activation.GrainId, out var target) && target is StatelessWorkerGroup group)
            group.Remove(activation);
        else
            _targets.TryRemove(new(activation.GrainId, activation));
    }

    public void RemoveEmpty(StatelessWorkerGroup group) => _targets.TryRemove(new(group.Id, group));

    /// <summary>The activations of grains, without the silo's own services.</summary>
    public IEnumerable<Activation> All()
    {
        foreach (var (_, target) in _targets)
        {
            if (target is Activation { Type.IsSystem: false } activation)
                yield return activation;
            else if (target is StatelessWorkerGroup group)
            {
                foreach (var worker in group.Workers())
                    yield return worker;
            }
        }
    }
}
