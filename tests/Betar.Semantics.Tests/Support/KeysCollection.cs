namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("calls")]
public sealed class CallsCollection : ICollectionFixture<ClusterFixture>;
