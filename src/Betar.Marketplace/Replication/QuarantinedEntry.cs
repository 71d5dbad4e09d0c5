using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Replication;

/// <summary>A writing of a key that has no effect here, and why.</summary>
public sealed record QuarantinedEntry(string Key, Cid Node, QuarantineReason Reason);
