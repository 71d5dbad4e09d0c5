namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Its age is set by options, by the name of the class.</summary>
[GrainType("long-age")]
public sealed class LongAgeGrain : IdleGrain;
