namespace Betar.Semantics.Tests.Lifetime;

[CollectionDefinition("idle")]
public sealed class IdleCollection : ICollectionFixture<IdleFixture>;
