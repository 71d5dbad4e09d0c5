namespace Betar.X402.Protocol;

/// <summary>The token's EIP-712 domain as the seller states it. Shown and compared, never used for signing.</summary>
public sealed record PaymentExtra(string Name, string Version);
