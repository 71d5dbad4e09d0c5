using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Vault;

public sealed class DisputeTests(Anvil anvil) : VaultTest(anvil)
{
    [Fact]
    public async Task The_seller_disputes_without_a_receipt_and_the_buyer_with_one()
    {
        var open = await Driver.OpenAsync();
        await RefusedAsync($"NotAllowed({Account.Buyer.Address})", Account.Buyer, "dispute", open.Argument);
        var bySeller = Vault.Events(await Vault.SendAsync(Account.Seller, "dispute", open.Argument)).Single();
        var delivered = await Driver.OpenDeliveredAsync("other");
        await RefusedAsync($"NotAllowed({Account.Seller.Address})", Account.Seller, "dispute", delivered.Argument);
        var byBuyer = Vault.Events(await Vault.SendAsync(Account.Buyer, "dispute", delivered.Argument)).Single();

        Assert.Equal(("DisputeOpened", Account.Seller.Address), (bySeller.Name, (Address)bySeller["by"]));
        Assert.Equal(("DisputeOpened", Account.Buyer.Address), (byBuyer.Name, (Address)byBuyer["by"]));
        var now = await Anvil.NextTimeAsync() - 1;
        Assert.Equal((EscrowState.Disputed, true, now + VaultDriver.ArbiterWindow), await Driver.EscrowAsync(delivered));
        Assert.False((await Driver.EscrowAsync(open)).Receipted);
    }

    [Fact]
    public async Task There_is_one_dispute_and_none_without_an_arbiter()
    {
        var terms = await Driver.OpenDisputedAsync(receipted: true);
        await RefusedAsync(Wrong(EscrowState.Disputed), Account.Buyer, "dispute", terms.Argument);
        var alone = await Driver.OpenAsync("alone", terms => terms with { Arbiter = Address.Zero });
        await RefusedAsync($"NotAllowed({Account.Seller.Address})", Account.Seller, "dispute", alone.Argument);
    }

    [Fact]
    public async Task The_seller_disputes_before_the_deadline()
    {
        var terms = await Driver.OpenAsync();
        await Anvil.WarpAsync(terms.Deadline);
        await RefusedAsync($"TooLate({terms.Deadline})", Account.Seller, "dispute", terms.Argument);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(999)]
    [InlineData(1000)]
    public async Task The_arbiter_divides(ulong toSeller)
    {
        var terms = await Driver.OpenDisputedAsync(receipted: true);
        var told = Vault.Events(await Vault.SendAsync(Account.Arbiter, "resolve", terms.Argument, (UInt256)toSeller)).Single();

        Assert.Equal((UInt256)toSeller, told["toSeller"]);
        Assert.Equal(EscrowState.Resolved, await Driver.StateAsync(terms));
        await PaidOutAsync(toSeller, VaultDriver.Amount - toSeller);
    }

    [Fact]
    public async Task The_arbiter_alone_resolves_and_no_more_than_there_is()
    {
        var terms = await Driver.OpenDisputedAsync(receipted: false);
        await Driver.OpenAsync("others' money");
        foreach (var other in new[] { Account.Buyer, Account.Seller, Account.Stranger })
            await RefusedAsync($"NotAllowed({other.Address})", other, "resolve", terms.Argument, UInt256.Zero);
        await RefusedAsync("AmountTooLarge(1001)", Account.Arbiter, "resolve", terms.Argument, (UInt256)1001);
        await RefusedAsync($"AmountTooLarge({UInt256.MaxValue})", Account.Arbiter, "resolve", terms.Argument, UInt256.MaxValue);
    }

    [Theory]
    [InlineData((int)EscrowState.Open)]
    [InlineData((int)EscrowState.Delivered)]
    public async Task There_is_nothing_to_resolve_without_a_dispute(int state)
    {
        var terms = state == (int)EscrowState.Open ? await Driver.OpenAsync() : await Driver.OpenDeliveredAsync();
        await RefusedAsync($"WrongState({state})", Account.Arbiter, "resolve", terms.Argument, UInt256.Zero);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silent_arbiter_changes_nothing(bool receipted)
    {
        var terms = await Driver.OpenDisputedAsync(receipted);
        var until = (await Driver.EscrowAsync(terms)).Until;
        await Anvil.WarpAsync(until - 1);
        await RefusedAsync($"TooEarly({until})", Account.Stranger, "timeOut", terms.Argument);
        await Anvil.WarpAsync(until);
        await RefusedAsync($"TooLate({until})", Account.Arbiter, "resolve", terms.Argument, UInt256.Zero);
        await Vault.SendAsync(Account.Stranger, "timeOut", terms.Argument);

        Assert.Equal(receipted ? EscrowState.Released : EscrowState.Refunded, await Driver.StateAsync(terms));
        await PaidOutAsync(receipted ? VaultDriver.Amount : 0, receipted ? 0 : VaultDriver.Amount);
    }

    [Fact]
    public async Task In_its_last_second_the_arbiter_is_heard()
    {
        var terms = await Driver.OpenDisputedAsync(receipted: true);
        await Anvil.WarpAsync((await Driver.EscrowAsync(terms)).Until - 1);
        await Vault.SendAsync(Account.Arbiter, "resolve", terms.Argument, UInt256.Zero);

        await PaidOutAsync(0, VaultDriver.Amount);
    }

    [Fact]
    public async Task A_receipt_comes_too_late_for_a_dispute()
    {
        var terms = await Driver.OpenDisputedAsync(receipted: false);
        await RefusedAsync(
            Wrong(EscrowState.Disputed), Account.Seller, "showReceipt", terms.Argument, VaultDriver.Answer.ToArray(), Driver.Receipt(Account.Buyer, terms));
    }
}
