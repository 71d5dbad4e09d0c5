namespace Betar.Blocks.Exchange.Wire;

/// <summary>A block as it travels: its name follows from the bytes and the prefix. Without a prefix it is a dag-pb node of version 0.</summary>
internal readonly record struct BlockPayload(ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Data);
