namespace Betar.Ethereum;

/// <summary>A block that was read up to. Another hash at its height later means that the chain was reorganised.</summary>
public readonly record struct BlockMark(ulong Number, Hash32 Hash);
