namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public sealed record Employee(string Name, int Age, [property: Id(0)] string Company) : Person(Name, Age);
