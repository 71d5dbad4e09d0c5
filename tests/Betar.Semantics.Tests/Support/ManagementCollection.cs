namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("management")]
public sealed class ManagementCollection : ICollectionFixture<ClusterFixture>;
