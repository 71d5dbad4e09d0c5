using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency;

/// <summary>Each silo runs up to this many activations of one key, and calls never leave the caller's silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocalWorkers) : PlacementAttribute(new StatelessWorkerPlacement(maxLocalWorkers))
{
    public StatelessWorkerAttribute() : this(Environment.ProcessorCount)
    {
    }
}
