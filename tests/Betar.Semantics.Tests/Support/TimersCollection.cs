namespace Betar.Semantics.Tests.Support;

[CollectionDefinition("timers")]
public sealed class TimersCollection : ICollectionFixture<ClusterFixture>;
