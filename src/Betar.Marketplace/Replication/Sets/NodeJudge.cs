using System.Text;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>What a node, or one element of it, must be so that it counts. The same on every replica.</summary>
internal sealed class NodeJudge(ReplicaOptions options)
{
    /// <summary>Priorities above this are of no use to anybody: no graph is that high.</summary>
    public const ulong HighestClaim = 1UL << 48;

    /// <param name="node">Whose past is known.</param>
    /// <param name="height">Its height in the graph.</param>
    /// <param name="highestParent">The greatest priority that a parent claims.</param>
    /// <param name="complete">No parent is absent.</param>
    public QuarantineReason OfNode(ReplicaNode node, ulong height, ulong highestParent, bool complete)
    {
        if (OfShape(node) is var reason and not QuarantineReason.None)
            return reason;

        // An honest peer counts on from what its heads claim, and its count may wrap; we claim the height itself.
        return complete && node.Priority != height && node.Priority != unchecked(highestParent + 1) ? QuarantineReason.WrongPriority : QuarantineReason.None;
    }

    /// <summary>What can be said of a node alone.</summary>
    public QuarantineReason OfShape(ReplicaNode node) => node switch
    {
        { Data.Length: var length } when length > options.MaxNodeBytes => QuarantineReason.NodeTooLarge,
        { Delta: null } => QuarantineReason.Unreadable,
        { LinkCount: var links } when links > options.MaxLinks => QuarantineReason.TooManyLinks,
        { Delta.Elements.Count: var elements } when elements > options.MaxElements => QuarantineReason.TooManyElements,
        { Delta.Tombstones.Count: var tombstones } when tombstones > options.MaxTombstones => QuarantineReason.TooManyTombstones,
        _ => QuarantineReason.None,
    };

    public QuarantineReason OfElement(in DeltaElement element)
    {
        if (Encoding.UTF8.GetByteCount(element.Key) > options.MaxKeyBytes)
            return QuarantineReason.KeyTooLong;
        if (!element.Key.StartsWith(options.KeyPrefix, StringComparison.Ordinal) || element.Key.Length == options.KeyPrefix.Length || element.Key.Contains('\0', StringComparison.Ordinal))
            return QuarantineReason.ForeignKey;
        return element.Value.Length > options.MaxValueBytes ? QuarantineReason.ValueTooLong : QuarantineReason.None;
    }
}
