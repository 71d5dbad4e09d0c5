namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public struct Point
{
    [Id(0)]
    public int X;

    [Id(1)]
    public int Y { get; set; }
}
