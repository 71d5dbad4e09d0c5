using Betar.Libp2p.Multiformats;

namespace Betar.Blocks;

/// <summary>Bytes and the name that follows from them. Made by who checked, or made, the hash.</summary>
public sealed record Block(Cid Cid, ReadOnlyMemory<byte> Data);
