namespace Betar.Semantics.Tests.Placement;

public interface INeighbourGrain : IGrainWithStringKey, IPlaced;
