namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public readonly record struct Money([property: Id(0)] decimal Amount, [property: Id(1)] string Currency);
