namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("state")]
public sealed class StateCollection : ICollectionFixture<ClusterFixture>;
