using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Vault;

/// <summary>The ways out of each state, who may take them, and when.</summary>
public sealed class ClosingTests(Anvil anvil) : VaultTest(anvil)
{
    private const ulong Second = 1;

    public static TheoryData<int> Held => [(int)EscrowState.Open, (int)EscrowState.Delivered, (int)EscrowState.Disputed];

    [Theory]
    [MemberData(nameof(Held))]
    public async Task The_buyer_releases_while_the_money_is_held(int state)
    {
        var terms = await ReachAsync((EscrowState)state);
        await RefusedAsync($"NotAllowed({Account.Seller.Address})", Account.Seller, "release", terms.Argument);
        await RefusedAsync($"NotAllowed({Account.Stranger.Address})", Account.Stranger, "release", terms.Argument);
        var receipt = await Vault.SendAsync(Account.Buyer, "release", terms.Argument);

        await ClosedAsync(terms, receipt, EscrowState.Released, VaultDriver.Amount, 0);
    }

    [Theory]
    [MemberData(nameof(Held))]
    public async Task The_seller_gives_back_while_the_money_is_held(int state)
    {
        var terms = await ReachAsync((EscrowState)state);
        await RefusedAsync($"NotAllowed({Account.Buyer.Address})", Account.Buyer, "refund", terms.Argument);
        await RefusedAsync($"NotAllowed({Account.Arbiter.Address})", Account.Arbiter, "refund", terms.Argument);
        var receipt = await Vault.SendAsync(Account.Seller, "refund", terms.Argument);

        await ClosedAsync(terms, receipt, EscrowState.Refunded, 0, VaultDriver.Amount);
    }

    [Fact]
    public async Task Without_a_receipt_the_time_out_pays_the_buyer_back()
    {
        var terms = await Driver.OpenAsync();
        await Anvil.WarpAsync(terms.Deadline - Second);
        await RefusedAsync($"TooEarly({terms.Deadline})", Account.Stranger, "timeOut", terms.Argument);
        await Anvil.WarpAsync(terms.Deadline);
        var receipt = await Vault.SendAsync(Account.Stranger, "timeOut", terms.Argument);

        await ClosedAsync(terms, receipt, EscrowState.Refunded, 0, VaultDriver.Amount);
    }

    [Fact]
    public async Task With_a_receipt_the_time_out_pays_the_seller_once_nobody_can_dispute()
    {
        var terms = await Driver.OpenDeliveredAsync();
        var (state, receipted, until) = await Driver.EscrowAsync(terms);
        Assert.Equal((EscrowState.Delivered, true), (state, receipted));
        Assert.Equal(await Anvil.NextTimeAsync() - Second + VaultDriver.DisputeWindow, until);

        await Anvil.WarpAsync(until - Second);
        await RefusedAsync($"TooEarly({until})", Account.Seller, "timeOut", terms.Argument);
        await Anvil.WarpAsync(until);
        await RefusedAsync($"TooLate({until})", Account.Buyer, "dispute", terms.Argument);
        var receipt = await Vault.SendAsync(Account.Seller, "timeOut", terms.Argument);
        await ClosedAsync(terms, receipt, EscrowState.Released, VaultDriver.Amount, 0);
    }

    [Fact]
    public async Task A_receipt_counts_until_the_deadline_and_not_at_it()
    {
        var terms = await Driver.OpenAsync();
        object[] shown = [terms.Argument, VaultDriver.Answer.ToArray(), Driver.Receipt(Account.Buyer, terms)];
        await Anvil.WarpAsync(terms.Deadline);
        await RefusedAsync($"TooLate({terms.Deadline})", Account.Seller, "showReceipt", shown);
    }

    [Fact]
    public async Task In_the_last_second_before_the_deadline_a_receipt_counts()
    {
        var terms = await Driver.OpenAsync();
        await Anvil.WarpAsync(terms.Deadline - Second);
        var receipt = await Driver.ShowAsync(terms);
        var told = Vault.Events(receipt).Single();

        Assert.Equal("ReceiptShown", told.Name);
        Assert.Equal(VaultDriver.Answer.ToArray(), told["answer"]);
        Assert.Equal((UInt256)(terms.Deadline - Second + VaultDriver.DisputeWindow), told["until"]);
    }

    [Fact]
    public async Task A_receipt_is_the_buyers_word_about_this_escrow_and_this_answer()
    {
        var terms = await Driver.OpenAsync();
        var other = await Driver.OpenAsync("other");
        var answer = VaultDriver.Answer.ToArray();
        await RefusedAsync("InvalidReceipt()", Account.Seller, "showReceipt", terms.Argument, answer, Driver.Receipt(Account.Seller, terms));
        await RefusedAsync("InvalidReceipt()", Account.Seller, "showReceipt", terms.Argument, answer, Driver.Receipt(Account.Buyer, other));
        await RefusedAsync(
            "InvalidReceipt()", Account.Seller, "showReceipt", terms.Argument, TypedData.Label("worse").ToArray(), Driver.Receipt(Account.Buyer, terms));
        await RefusedAsync("InvalidReceipt()", Account.Seller, "showReceipt", terms.Argument, answer, Array.Empty<byte>());

        var elsewhere = new VaultDriver(Anvil, World.SilentVault, World.SilentSigner);
        await RefusedAsync("InvalidReceipt()", Account.Seller, "showReceipt", terms.Argument, answer, elsewhere.Receipt(Account.Buyer, terms));
        await Driver.ShowAsync(terms);
        await RefusedAsync(Wrong(EscrowState.Delivered), Account.Seller, "showReceipt", terms.Argument, answer, Driver.Receipt(Account.Buyer, terms));
    }

    [Theory]
    [InlineData((int)EscrowState.Released)]
    [InlineData((int)EscrowState.Refunded)]
    [InlineData((int)EscrowState.Resolved)]
    [InlineData((int)EscrowState.None)]
    public async Task What_is_closed_or_never_was_stays_so(int state)
    {
        var terms = await ReachAsync((EscrowState)state);
        await Vault.SendAsync(Account.Relayer, "deposit", Driver.Deposit(await Driver.TermsAsync("others' money")));
        var wrong = Wrong((EscrowState)state);

        await RefusedAsync(wrong, Account.Buyer, "release", terms.Argument);
        await RefusedAsync(wrong, Account.Seller, "refund", terms.Argument);
        await RefusedAsync(wrong, Account.Seller, "dispute", terms.Argument);
        await RefusedAsync(wrong, Account.Arbiter, "resolve", terms.Argument, UInt256.Zero);
        await RefusedAsync(wrong, Account.Seller, "showReceipt", terms.Argument, VaultDriver.Answer.ToArray(), Driver.Receipt(Account.Buyer, terms));
        await Anvil.WarpAsync(terms.Deadline + 30 * VaultDriver.Day);
        await RefusedAsync(wrong, Account.Stranger, "timeOut", terms.Argument);
        Assert.Equal(VaultDriver.Amount, await World.BalanceAsync(Vault.Address));
    }

    [Fact]
    public async Task A_payee_that_the_token_blocks_waits_and_holds_up_nobody_else()
    {
        var terms = await Driver.OpenAsync();
        var other = await Driver.OpenAsync("other", terms => terms with { Seller = Account.Stranger.Address });
        await World.Usdc.SendAsync(Account.Owner, "blacklist", Account.Seller.Address);

        await RefusedAsync("Error(Blacklistable: account is blacklisted)", Account.Buyer, "release", terms.Argument);
        Assert.Equal(EscrowState.Open, await Driver.StateAsync(terms));
        await Vault.SendAsync(Account.Buyer, "release", other.Argument);
        await Vault.SendAsync(Account.Seller, "refund", terms.Argument);
    }

    /// <summary>An escrow in this state, on the shortest way.</summary>
    private async Task<Terms> ReachAsync(EscrowState state)
    {
        switch (state)
        {
            case EscrowState.None:
                return await Driver.TermsAsync();
            case EscrowState.Open:
                return await Driver.OpenAsync();
            case EscrowState.Delivered:
                return await Driver.OpenDeliveredAsync();
            case EscrowState.Disputed:
                return await Driver.OpenDisputedAsync(receipted: true);
        }

        var terms = state == EscrowState.Resolved ? await Driver.OpenDisputedAsync(receipted: false) : await Driver.OpenAsync();
        await (state switch
        {
            EscrowState.Released => Vault.SendAsync(Account.Buyer, "release", terms.Argument),
            EscrowState.Refunded => Vault.SendAsync(Account.Seller, "refund", terms.Argument),
            _ => Vault.SendAsync(Account.Arbiter, "resolve", terms.Argument, UInt256.Zero),
        });
        Assert.Equal(state, await Driver.StateAsync(terms));
        return terms;
    }

    private async Task ClosedAsync(Terms terms, TransactionReceipt receipt, EscrowState state, ulong seller, ulong buyer)
    {
        var told = Vault.Events(receipt).Single();
        Assert.Equal("Closed", told.Name);
        Assert.Equal(Driver.IdOf(terms).ToArray(), told["id"]);
        Assert.Equal(((UInt256)(ulong)state, (UInt256)seller, (UInt256)buyer), ((UInt256)told["state"], (UInt256)told["toSeller"], (UInt256)told["toBuyer"]));
        Assert.Equal(state, await Driver.StateAsync(terms));
        await PaidOutAsync(seller, buyer);
    }
}
