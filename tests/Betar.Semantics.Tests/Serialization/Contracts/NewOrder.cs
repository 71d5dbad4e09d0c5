namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>What <see cref="OldOrder"/> became: more members, between and after.</summary>
[GenerateSerializer]
public sealed class NewOrder
{
    [Id(0)]
    public int Number { get; set; }

    [Id(1)]
    public Node? Between { get; set; }

    [Id(3)]
    public Dictionary<string, Shape>? After { get; set; }

    [Id(2)]
    public string Text { get; set; } = "new default";

    [Id(4)]
    public string Extra { get; set; } = "extra default";

    [Id(5)]
    public double Weight { get; set; } = 1.5;
}
