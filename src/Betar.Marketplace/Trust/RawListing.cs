using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Trust;

/// <summary>What the replicated set says, whoever wrote it. The replica keeps the bytes anyway: they are read when somebody looks.</summary>
/// <param name="value">The bytes, which have been read once.</param>
/// <param name="limits">With what they were read.</param>
/// <param name="node">The node that carries them.</param>
/// <param name="height">How high that node stands.</param>
/// <param name="from">Who was first to broadcast it; null: nobody, it was walked to.</param>
/// <param name="seenAt">When this node took it.</param>
internal sealed class RawListing(ReadOnlyMemory<byte> value, ListingLimits limits, NodeId node, ulong height, PeerId? from, DateTimeOffset seenAt)
{
    private readonly long _seenAt = seenAt.UtcTicks;

    /// <summary>Read anew each time.</summary>
    public Listing Listing => ListingJson.TryDecode(value.Span, limits, out var listing, out var fault)
        ? listing
        : throw new InvalidOperationException($"A value that was a listing is none any more: {fault}.");

    public NodeId Node => node;

    public ulong Height => height;

    public PeerId? From => from;

    public DateTimeOffset SeenAt => new(_seenAt, TimeSpan.Zero);
}
