namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>A record with a primary constructor and a property of its own.</summary>
[GenerateSerializer]
public record Person(string Name, int Age)
{
    [Id(2)]
    public string? Nickname { get; init; }
}
