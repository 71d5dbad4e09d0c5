using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Orleans.Runtime;

/// <summary>
/// One life of one grain: its mailbox, its turns, its start and its end. It is its own task scheduler, so that
/// whatever its methods await comes back to it. All state below is touched in turns only, unless it says otherwise.
/// </summary>
internal sealed partial class Activation : TaskScheduler, IGrainContext, ICallChainReentrantGrainContext, IWorkItemScheduler, IThreadPoolWorkItem, ICallTarget
{
    private readonly StatelessWorkerGroup? _group;
    private ActivationExtras? _extras;
    private GrainReference? _reference;

    public Activation(Silo silo, GrainTypeInfo type, GrainId id, StatelessWorkerGroup? group, object? instance = null)
    {
        Silo = silo;
        Type = type;
        _group = group;
        GrainInstance = instance;
        _state = instance is null ? ActivationState.Created : ActivationState.Valid;
        Address = new GrainAddress { GrainId = id, ActivationId = ActivationId.NewId(), SiloAddress = silo.Address };
        LastUsed = silo.Now;
    }

    public Silo Silo { get; }

    public GrainTypeInfo Type { get; }

    public object? GrainInstance { get; private set; }

    public GrainAddress Address { get; }

    public GrainId GrainId => Address.GrainId;

    public ActivationId ActivationId => Address.ActivationId;

    public GrainReference GrainReference => _reference ??= Silo.References.CreateUntyped(GrainId);

    public IGrainRuntime Runtime => Silo.Runtime;

    public IWorkItemScheduler Scheduler => this;

    /// <summary>When it last took a call; read by the collector from outside.</summary>
    public long LastUsed { get; private set; }

    public IServiceProvider ActivationServices => (Extras.Scope ??= Silo.Services.CreateAsyncScope()).ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => Extras.Lifecycle ??= new GrainLifecycle();

    public Task Deactivated
    {
        get
        {
            lock (Address)
            {
                var gone = Extras.Gone ??= new(Silo.Scheduler.Completion);
                if (_state == ActivationState.Gone)
                    gone.TrySetResult();
                return gone.Task;
            }
        }
    }

    private ActivationExtras Extras => _extras ?? Interlocked.CompareExchange(ref _extras, new(), null) ?? _extras;

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType)
    {
        if (componentType.IsInstanceOfType(GrainInstance))
            return GrainInstance;
        if (componentType.IsInstanceOfType(this))
            return this;
        if (_extras?.Components is { } components && components.TryGetValue(componentType, out var component))
            return component;
        return componentType == typeof(IEnumerationExtension) ? Keep(componentType, new EnumerationExtension(this)) : null;
    }

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class
    {
        if (value is null)
            _extras?.Components?.Remove(typeof(TComponent));
        else
            Keep(typeof(TComponent), value);
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public void OnEnterReentrantSection(Guid reentrancyId)
    {
        var sections = Extras.ReentrantSections ??= [];
        sections[reentrancyId] = sections.GetValueOrDefault(reentrancyId) + 1;
    }

    public void OnExitReentrantSection(Guid reentrancyId)
    {
        if (_extras?.ReentrantSections is not { } sections || !sections.TryGetValue(reentrancyId, out var count))
            return;
        if (count > 1)
            sections[reentrancyId] = count - 1;
        else
            sections.Remove(reentrancyId);
    }

    public override string ToString() => $"[Activation {Address} {_state}]";

    private object Keep(Type type, object component)
    {
        (Extras.Components ??= [])[type] = component;
        return component;
    }
}
