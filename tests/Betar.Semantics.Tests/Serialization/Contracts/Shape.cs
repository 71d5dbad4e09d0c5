namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public abstract class Shape
{
    [Id(0)]
    public string? Name { get; set; }

    public abstract double Area();
}
