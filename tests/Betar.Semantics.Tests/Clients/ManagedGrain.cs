namespace Betar.Semantics.Tests.Clients;

public sealed class ManagedGrain : SceneGrain, IManagedGrain;
