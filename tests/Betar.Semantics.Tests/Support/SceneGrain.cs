using Orleans.Placement;

namespace Betar.Semantics.Tests.Support;

/// <summary>A grain with a string key whose first part names its scene.</summary>
[RandomPlacement]
public abstract class SceneGrain : Grain, IPlaced
{
    protected Scene Scene => Scene.Of(this.GetPrimaryKeyString());

    protected string Key => this.GetPrimaryKeyString();

    public Task<SiloAddress> Silo() => Task.FromResult(GrainContext.Address.SiloAddress!);
}
