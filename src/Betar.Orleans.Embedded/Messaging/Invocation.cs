using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A request on its way to an activation or being run by it.</summary>
internal abstract class Invocation : WorkItem
{
    public abstract GrainId Target { get; }

    public abstract GrainId? Source { get; }

    public InvokeMethodOptions Options { get; protected init; }

    public RequestContextValues? Context { get; set; }

    public IRequest Request { get; protected init; } = null!;

    /// <summary>The activation that took the call; set before it decides whether to run it.</summary>
    public Activation? Host { get; set; }

    /// <summary>True while it runs in a way that makes others wait.</summary>
    public bool Blocks { get; set; }

    public bool IsReadOnly => (Options & InvokeMethodOptions.ReadOnly) != 0;

    public bool IsAlwaysInterleave => (Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    /// <summary>Nobody waits for it any more: it must not start.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>It was abandoned before it could start.</summary>
    public virtual void Drop()
    {
    }

    /// <summary>Whether a call of this kind keeps an activation from being idle.</summary>
    public virtual bool CountsAsUse => true;

    public sealed override void Run(Activation activation) => activation.Receive(this);

    public virtual ValueTask<Response> InvokeAsync(Activation activation)
    {
        Request.SetTarget(activation);
        return activation.Silo.HasIncomingFilters || activation.GrainInstance is IIncomingGrainCallFilter
            ? IncomingCallContext.InvokeAsync(activation, this)
            : Request.Invoke();
    }

    public abstract void Complete(Response response);

    /// <summary>The activation that had it is gone before it started: find the next one.</summary>
    public abstract void Reroute(Silo silo);
}
