namespace Betar.X402.Schemes.Vault;

/// <summary>How an escrow stands on its chain.</summary>
/// <param name="Receipted">Whether the buyer's receipt was shown.</param>
/// <param name="Until">The end of this state, in Unix seconds.</param>
public sealed record VaultStanding(VaultState State, bool Receipted, ulong Until);
