namespace Betar.Semantics.Tests.References;

public sealed class GuestGrain : SceneGrain, IGuestGrain
{
    public Task<string> Name() => Task.FromResult(Key);

    public Task<string> NameAtAnyTime() => Task.FromResult(Key);

    public Task<string> Visit(IHostGrain host) => host.Ask(this);

    public Task<string> VisitByReference(IHostGrain host) => host.Ask(this.AsReference<IGuestGrain>());
}
