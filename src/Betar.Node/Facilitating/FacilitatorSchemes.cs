using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Composition;
using Betar.X402;
using Betar.X402.Schemes;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Schemes.Vault;

namespace Betar.Node.Facilitating;

/// <summary>
/// The ways to pay that a facilitator takes on its chain: all whose contracts stand there when it starts. One whose contract is missing would
/// verify payments that no transaction could settle.
/// </summary>
internal sealed class FacilitatorSchemes(ChainLink chain, IReadOnlyList<Address> signers, IChannelBook channels, TimeProvider time)
{
    private readonly IChains _chains = new Chains(new Dictionary<NetworkId, IChainClient> { [chain.Asset.Network] = chain.Client });

    /// <param name="vault">The vault that is known for the chain's token; null: the one of a test chain, if it is there.</param>
    public async Task<IReadOnlyList<IPaymentScheme>> FindAsync(Address? vault, CancellationToken cancellationToken)
    {
        List<IPaymentScheme> found = [new Eip3009Scheme(new Eip3009Options { Assets = chain.Assets, Chains = _chains }, time)];
        if (await chain.HasAsync([Permit2Contracts.Permit2, Permit2Contracts.ExactProxy], cancellationToken))
            found.Add(new ExactPermit2Scheme(new ExactPermit2Options { Assets = chain.Assets, Chains = _chains }, time));
        if (await chain.HasAsync([Permit2Contracts.Permit2, Permit2Contracts.UptoProxy], cancellationToken))
            found.Add(new UptoScheme(new UptoOptions { Facilitators = signers, Assets = chain.Assets, Chains = _chains }, time));
        if (await chain.HasAsync([BatchContracts.Settlement, BatchContracts.Eip3009Collector], cancellationToken))
            found.Add(new BatchScheme(new BatchOptions { Book = channels, Assets = chain.Assets }, time));
        if (await FindVaultAsync(vault, cancellationToken) is { } known)
            found.Add(new VaultScheme(new VaultOptions { Vaults = [new VaultDeployment(chain.Asset, known)], Chains = _chains }, time));
        if (await StandsAsync(AuthCaptureDeployment.V10, cancellationToken) || await StandsAsync(AuthCaptureDeployment.V11, cancellationToken))
            found.Add(new AuthCaptureScheme(new AuthCaptureOptions { Assets = chain.Assets, Chains = _chains }, time));
        return found;
    }

    private async Task<Address?> FindVaultAsync(Address? vault, CancellationToken cancellationToken)
    {
        Address? known = vault ?? (chain.Network.Name == ChainOpener.Anvil ? AnvilContracts.Vault : null);
        return known is { } address && await chain.HasAsync([address], cancellationToken) ? address : null;
    }

    private Task<bool> StandsAsync(AuthCaptureDeployment deployment, CancellationToken cancellationToken) =>
        chain.HasAsync([deployment.Escrow, deployment.Eip3009Collector], cancellationToken);
}
