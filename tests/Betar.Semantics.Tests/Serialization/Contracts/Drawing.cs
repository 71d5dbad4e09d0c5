namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>Members whose types are known only at run time.</summary>
[GenerateSerializer]
public sealed class Drawing
{
    [Id(0)]
    public Shape? Main { get; set; }

    [Id(1)]
    public List<Shape> Others { get; set; } = [];

    [Id(2)]
    public object? Anything { get; set; }

    [Id(3)]
    public IReadOnlyList<int>? Numbers { get; set; }
}
