using Orleans.Core;
using Orleans.Timers;

namespace Orleans.Runtime;

internal sealed class GrainRuntime(Silo silo) : IGrainRuntime
{
    private IGrainFactory? _grainFactory;

    public string SiloIdentity => silo.Address.ToString();

    public SiloAddress SiloAddress => silo.Address;

    public IGrainFactory GrainFactory => _grainFactory ??= new GrainFactory(silo.Types, silo.References);

    public ITimerRegistry TimerRegistry { get; } = new TimerRegistry();

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Time;

    public void DeactivateOnIdle(IGrainContext grainContext)
    {
        RuntimeContext.Check(grainContext);
        grainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));
    }

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan)
    {
        RuntimeContext.Check(grainContext);
        ((Activation)grainContext).DelayDeactivation(timeSpan);
    }

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) => PersistentStates.OfGrain<TGrainState>(grainContext);
}
