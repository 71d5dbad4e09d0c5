using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Vault;

/// <summary>A test of the vault over the well-behaved token.</summary>
public abstract class VaultTest(Anvil anvil) : ChainTest(anvil)
{
    private protected Contract Vault => World.Vault;

    private protected VaultDriver Driver => new(Anvil, World.Vault, World.Signer);

    /// <summary>What each side has got out of it, and that the vault keeps nothing.</summary>
    private protected async Task PaidOutAsync(ulong seller, ulong buyer)
    {
        Assert.Equal(seller, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal(World.BuyersMoney - VaultDriver.Amount + buyer, await World.BalanceAsync(Account.Buyer.Address));
        Assert.Equal(0UL, await World.BalanceAsync(Vault.Address));
    }

    private protected async Task RefusedAsync(string error, Account from, string function, params object[] arguments) =>
        Assert.Equal(error, (await Vault.RevertsAsync(from, function, arguments)).ToString());

    private protected static string Wrong(EscrowState state) => $"WrongState({(int)state})";
}
