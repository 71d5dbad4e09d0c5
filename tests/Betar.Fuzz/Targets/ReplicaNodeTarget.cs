using Betar.Marketplace.Replication.Wire;

namespace Betar.Fuzz.Targets;

/// <summary>Nodes of the replicated set: every input is one, and what can be read of it can be written again.</summary>
internal sealed class ReplicaNodeTarget : IFuzzTarget
{
    public string Name => "replica-node";

    public long MemoryBound(int length) => (64 * 1024) + (512L * length);

    public bool Take(byte[] input)
    {
        var node = NodeCodec.Decode(input);
        FuzzException.Unless(node.Parents.Length <= node.LinkCount && node.LinkCount <= input.Length, "more links than bytes");
        FuzzException.Unless(node.Parents.Distinct().Count() == node.Parents.Length, "a parent stands twice");
        if (node.Delta is not { } delta)
            return false;
        FuzzException.Unless(delta.Elements.Count + delta.Tombstones.Count <= DeltaCodec.MostParts, "too many parts");
        FuzzException.Unless(delta.Elements.Sum(element => element.Value.Length) <= input.Length, "more values than bytes");
        var again = NodeCodec.Decode(NodeCodec.Encode([.. node.Parents.Order()], delta));
        FuzzException.Unless(again.Delta is { } other && other.Priority == delta.Priority && Same(other.Elements, delta.Elements) && Same(other.Tombstones, delta.Tombstones)
            && again.Parents.Order().SequenceEqual(node.Parents.Order()), "it does not come back");
        return true;
    }

    private static bool Same(IReadOnlyList<DeltaElement> one, IReadOnlyList<DeltaElement> other) => one.Count == other.Count
        && one.Zip(other).All(pair => pair.First.Key == pair.Second.Key && pair.First.Id == pair.Second.Id && pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span));
}
