namespace Betar.Semantics.Tests.Lifetime;

[GrainType("plain-age")]
public sealed class PlainAgeGrain : IdleGrain;
