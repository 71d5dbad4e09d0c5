namespace Betar.Semantics.Tests.Placement;

public interface IBossGrain : IGrainWithStringKey, IPlaced
{
    Task<string[]> Employ(int calls, string gate);

    Task<SiloAddress> NeighbourOf(string key);
}
