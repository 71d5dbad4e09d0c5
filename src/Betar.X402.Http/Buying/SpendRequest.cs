namespace Betar.X402.Http.Buying;

/// <summary>What is about to be spent, and on whom.</summary>
/// <param name="Seller">The server: scheme://host:port.</param>
public sealed record SpendRequest(string Intent, string Seller, AtomicAmount Amount, NetworkId Network);
