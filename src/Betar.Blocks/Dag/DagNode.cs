namespace Betar.Blocks.Dag;

/// <summary>A dag-pb node: links, and bytes that mean something to somebody else.</summary>
/// <param name="Links">In the order of the bytes that were read, or as they are given; writing sorts them by name.</param>
/// <param name="Data">Null: there is none, which is written otherwise than an empty one.</param>
public sealed record DagNode(IReadOnlyList<DagLink> Links, ReadOnlyMemory<byte>? Data)
{
    /// <summary>
    /// Links that were left out because no block can have their name: a digest that its function does not make. Other implementations take
    /// such a node, and never find what is behind the link.
    /// </summary>
    public int DeadLinks { get; init; }
}
