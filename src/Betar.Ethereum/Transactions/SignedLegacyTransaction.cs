namespace Betar.Ethereum;

/// <summary>A transaction with its signature: the bytes that go to a node, their hash, and who signed.</summary>
public sealed record SignedLegacyTransaction(LegacyTransaction Transaction, ReadOnlyMemory<byte> Raw, Hash32 Hash, Address Sender);
