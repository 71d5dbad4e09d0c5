namespace Betar.Ethereum.Devnet;

/// <summary>How a transaction's wait ended: in a durable block, or with a reason why it never will.</summary>
internal readonly record struct Inclusion(MinedTransaction? Mined, string? Fault);
