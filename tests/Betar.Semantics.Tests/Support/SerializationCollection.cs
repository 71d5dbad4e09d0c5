namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("serialization")]
public sealed class SerializationCollection : ICollectionFixture<ClusterFixture>;
