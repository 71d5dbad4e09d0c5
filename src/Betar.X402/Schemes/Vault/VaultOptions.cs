using Betar.X402.Verification;

namespace Betar.X402.Schemes.Vault;

/// <summary>What is taken by "betar-vault": the money waits in a PaymentVault until the work has arrived, or goes back.</summary>
public sealed class VaultOptions
{
    /// <summary>The vaults that are known, at most one for each token. An address that only a peer names is never paid into.</summary>
    public required IReadOnlyCollection<VaultDeployment> Vaults { get; init; }

    /// <summary>Where the chain is asked. Default: nowhere; then the chain's opinion is a facilitator's business.</summary>
    public IChains Chains { get; init; } = Schemes.Chains.None;

    /// <summary>Margins and block list. Default: those of every payment.</summary>
    public VerificationOptions Verification { get; init; } = new();
}
