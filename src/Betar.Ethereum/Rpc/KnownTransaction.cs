namespace Betar.Ethereum;

/// <summary>A transaction that a node holds or has seen in a block.</summary>
/// <param name="BlockNumber">Null while it waits.</param>
public sealed record KnownTransaction(Hash32 Hash, Address From, ulong Nonce, ulong? BlockNumber);
