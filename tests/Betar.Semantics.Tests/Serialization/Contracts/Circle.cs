namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
[Alias("semantics.circle")]
public sealed class Circle : Shape
{
    [Id(0)]
    public double Radius { get; set; }

    public override double Area() => Radius * Radius * 3;
}
