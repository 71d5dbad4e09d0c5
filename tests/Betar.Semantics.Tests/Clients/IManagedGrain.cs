namespace Betar.Semantics.Tests.Clients;

public interface IManagedGrain : IGrainWithStringKey, IPlaced;
