using Orleans;

namespace Betar.Orleans.Embedded.Tests;

[GrainType("listed")]
public class ListedGrain : Grain, IListedGrain
{
    public Task<string> Where() => Task.FromResult(RuntimeIdentity);
}
