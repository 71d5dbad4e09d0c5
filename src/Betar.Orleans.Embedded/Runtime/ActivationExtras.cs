using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>What most activations never need, kept apart so that the idle ones stay small.</summary>
internal sealed class ActivationExtras
{
    public AsyncServiceScope? Scope { get; set; }

    public Dictionary<Type, object>? Components { get; set; }

    public GrainLifecycle? Lifecycle { get; set; }

    public HashSet<GrainTimer>? Timers { get; set; }

    /// <summary>Open re-entrant sections and how often each was opened.</summary>
    public Dictionary<Guid, int>? ReentrantSections { get; set; }

    public DeactivationReason? Reason { get; set; }

    public TaskCompletionSource? Gone { get; set; }

    /// <summary>Idle collection passes the activation by until then.</summary>
    public long KeepUntil { get; set; }
}
