namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>Points to others of its kind, and to itself.</summary>
[GenerateSerializer]
public sealed class Node
{
    [Id(0)]
    public string? Name { get; set; }

    [Id(1)]
    public Node? Next { get; set; }

    [Id(2)]
    public List<Node> Friends { get; set; } = [];
}
