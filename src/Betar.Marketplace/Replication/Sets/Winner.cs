using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>The writing whose value a key has.</summary>
internal sealed record Winner(NodeId Node, ulong Height, ReadOnlyMemory<byte> Value, string? Seller, NodeOrigin Origin)
{
    /// <summary>Higher wins; at the same height the value whose bytes are greater.</summary>
    public static bool Beats(ulong height, ReadOnlySpan<byte> value, Winner? other) => other is null || height > other.Height
        || (height == other.Height && value.SequenceCompareTo(other.Value.Span) > 0);
}
