using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Replication;

/// <summary>The value that a key has.</summary>
/// <param name="Key">For example <c>/agents/…</c>.</param>
/// <param name="Value">The bytes that won.</param>
/// <param name="Priority">The height of the node that carries them.</param>
/// <param name="Node">The node that carries them.</param>
/// <param name="FirstFrom">The peer that was first to broadcast a head which is this node; null: learned by walking, or our own.</param>
/// <param name="IsOwn">We wrote it.</param>
/// <param name="SeenAt">When this replica took it.</param>
public sealed record ReplicaEntry(string Key, ReadOnlyMemory<byte> Value, ulong Priority, Cid Node, PeerId? FirstFrom, bool IsOwn, DateTimeOffset SeenAt);
