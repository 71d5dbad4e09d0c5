namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Its age is set by attribute, and is longer than the silo's.</summary>
[GrainType("attribute-age")]
[CollectionAgeLimit(Hours = 1)]
public sealed class AttributeAgeGrain : IdleGrain;
