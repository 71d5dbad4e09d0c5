namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("feeds")]
public sealed class FeedsCollection : ICollectionFixture<ClusterFixture>;
