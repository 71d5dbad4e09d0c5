using Betar.Contracts.Tests.Support;
using Betar.Contracts.Tests.Vault;

namespace Betar.Contracts.Tests.Conformance;

/// <summary>What the original's contracts do badly is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests(Anvil anvil) : VaultTest(anvil)
{
    [Fact]
    public async Task Row36_an_escrow_takes_its_money_once()
    {
        var terms = await Driver.OpenAsync();

        await RefusedAsync(Wrong(EscrowState.Open), Account.Relayer, "deposit", Driver.Deposit(terms));
        Assert.Equal(VaultDriver.Amount, await World.BalanceAsync(Vault.Address));
    }
}
