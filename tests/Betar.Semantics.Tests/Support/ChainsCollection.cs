namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("chains")]
public sealed class ChainsCollection : ICollectionFixture<ClusterFixture>;
