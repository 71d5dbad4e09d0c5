namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public sealed class Square : Shape
{
    [Id(0)]
    public double Side { get; set; }

    public override double Area() => Side * Side;
}
