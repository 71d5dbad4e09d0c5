namespace Betar.Semantics.Tests.Lifetime;

[GrainType("kept-age")]
[KeepAlive]
public sealed class KeptGrain : IdleGrain;
