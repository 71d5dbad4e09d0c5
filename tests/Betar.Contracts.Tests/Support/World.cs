using Betar.Ethereum;

namespace Betar.Contracts.Tests.Support;

/// <summary>What stands on the chain when a test begins: tokens, a vault over each, a buyer with money.</summary>
internal sealed class World
{
    internal const ulong BuyersMoney = 1_000_000_000;

    internal required Contract Usdc { get; init; }

    internal required Contract Silent { get; init; }

    internal required Contract Reentrant { get; init; }

    internal required Contract Vault { get; init; }

    internal required Contract SilentVault { get; init; }

    internal required Contract ReentrantVault { get; init; }

    /// <summary>A contract that is a buyer, under the buyer's key, with money.</summary>
    internal required Contract Wallet { get; init; }

    internal required TokenSigner Signer { get; init; }

    internal required TokenSigner SilentSigner { get; init; }

    internal static async Task<World> DeployAsync(Anvil anvil)
    {
        var usdc = await Contract.DeployAsync(anvil, Artifact.TestUsdc, Account.Owner.Address);
        var silent = await Contract.DeployAsync(anvil, Artifact.SilentUsdc, Account.Owner.Address);
        var reentrant = await Contract.DeployAsync(anvil, Artifact.ReentrantToken);
        var wallet = await Contract.DeployAsync(anvil, Artifact.ContractWallet, Account.Buyer.Address);
        foreach (var token in new[] { usdc, silent, reentrant })
        {
            await token.SendAsync(Account.Owner, "mint", Account.Buyer.Address, (UInt256)BuyersMoney);
            await token.SendAsync(Account.Owner, "mint", wallet.Address, (UInt256)BuyersMoney);
        }

        return new World
        {
            Usdc = usdc,
            Silent = silent,
            Reentrant = reentrant,
            Wallet = wallet,
            Vault = await Contract.DeployAsync(anvil, Artifact.PaymentVault, usdc.Address),
            SilentVault = await Contract.DeployAsync(anvil, Artifact.PaymentVault, silent.Address),
            ReentrantVault = await Contract.DeployAsync(anvil, Artifact.PaymentVault, reentrant.Address),
            Signer = new TokenSigner(usdc.Address),
            SilentSigner = new TokenSigner(silent.Address),
        };
    }

    internal async Task<ulong> BalanceAsync(Address account) => (ulong)await Usdc.ReadAsync<UInt256>("balanceOf", account);
}
