namespace Betar.X402.Schemes.Vault;

/// <summary>The states of an escrow, in the contract's order.</summary>
public enum VaultState
{
    None = 0,
    Open,
    Delivered,
    Disputed,
    Released,
    Refunded,
    Resolved,
}
