using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Vault;

public sealed class DepositTests(Anvil anvil) : VaultTest(anvil)
{
    [Fact]
    public async Task The_vaults_domain_and_ids_are_ours()
    {
        var terms = await Driver.TermsAsync();

        Assert.Equal(Driver.Domain.Separator.ToArray(), await Vault.ReadAsync<byte[]>("DOMAIN_SEPARATOR"));
        Assert.Equal(Driver.IdOf(terms).ToArray(), await Vault.ReadAsync<byte[]>("idOf", terms.Argument));
        Assert.Equal(TypedData.TypeHash(Terms.Type), await Vault.ReadAsync<byte[]>("TERMS_TYPEHASH"));
        Assert.Equal(World.Usdc.Address, await Vault.ReadAsync<Address>("token"));
    }

    [Fact]
    public async Task It_takes_the_money_and_tells_the_terms()
    {
        var terms = await Driver.TermsAsync();
        var receipt = await Vault.SendAsync(Account.Relayer, "deposit", Driver.Deposit(terms));
        var told = Vault.Events(receipt).Single();

        Assert.Equal((EscrowState.Open, false, terms.Deadline), await Driver.EscrowAsync(terms));
        Assert.Equal(VaultDriver.Amount, await World.BalanceAsync(Vault.Address));
        Assert.Equal(World.BuyersMoney - VaultDriver.Amount, await World.BalanceAsync(Account.Buyer.Address));
        Assert.Equal("Deposited", told.Name);
        Assert.Equal(Driver.IdOf(terms).ToArray(), told["id"]);
        Assert.Equal((terms.Buyer, terms.Seller), ((Address)told["buyer"], (Address)told["seller"]));
        Assert.Equal(terms.Argument, (object[])told["terms"]);
    }

    [Fact]
    public async Task The_same_terms_open_one_escrow()
    {
        var terms = await Driver.OpenAsync();
        await RefusedAsync(Wrong(EscrowState.Open), Account.Relayer, "deposit", Driver.Deposit(terms));
        await Vault.SendAsync(Account.Buyer, "release", terms.Argument);
        await RefusedAsync(Wrong(EscrowState.Released), Account.Relayer, "deposit", Driver.Deposit(terms));
        await Driver.OpenAsync("other");
    }

    public static TheoryData<string> Members => ["seller", "arbiter", "amount", "deadline", "disputeWindow", "arbiterWindow", "salt"];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task The_buyers_signature_binds_every_term(string member)
    {
        var terms = await Driver.TermsAsync();
        var signature = (byte[])Driver.Deposit(terms)[3];
        var other = member switch
        {
            "seller" => terms with { Seller = Account.Stranger.Address },
            "arbiter" => terms with { Arbiter = Account.Stranger.Address },
            "amount" => terms with { Amount = 999 },
            "deadline" => terms with { Deadline = terms.Deadline - 1 },
            "disputeWindow" => terms with { DisputeWindow = 0 },
            "arbiterWindow" => terms with { ArbiterWindow = 0 },
            _ => terms with { Salt = TypedData.Label("other salt") },
        };

        Assert.Equal(
            "Error(FiatTokenV2: invalid signature)",
            (await RevertOfTokenAsync(other, signature)).ToString());
        await Vault.SendAsync(Account.Relayer, "deposit", Driver.Deposit(terms, signature: signature));
    }

    [Fact]
    public async Task Nobody_but_the_buyer_deposits_the_buyers_money()
    {
        var terms = await Driver.TermsAsync();
        var forged = (byte[])Driver.Deposit(terms, by: Account.Stranger)[3];

        Assert.Equal("Error(FiatTokenV2: invalid signature)", (await RevertOfTokenAsync(terms, forged)).ToString());
    }

    [Fact]
    public async Task A_deposit_cannot_be_settled_behind_the_vaults_back()
    {
        var terms = await Driver.TermsAsync();
        var signature = (byte[])Driver.Deposit(terms)[3];
        object[] arguments =
        [
            terms.Buyer, Vault.Address, terms.Amount, UInt256.Zero, (UInt256)TokenSigner.Never, Driver.IdOf(terms).ToArray(), signature,
        ];
        const string Overload = "WithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)";

        await World.Usdc.RevertsAsync("FiatTokenV2: caller must be the payee", Account.Stranger, "receive" + Overload, arguments);
        await World.Usdc.RevertsAsync("FiatTokenV2: invalid signature", Account.Stranger, "transfer" + Overload, arguments);
        await Vault.SendAsync(Account.Relayer, "deposit", Driver.Deposit(terms));
    }

    [Fact]
    public async Task What_the_buyer_cancelled_or_does_not_have_opens_nothing()
    {
        var terms = await Driver.TermsAsync();
        var id = Driver.IdOf(terms);
        await World.Usdc.SendAsync(
            Account.Buyer, "cancelAuthorization(address,bytes32,bytes)", terms.Buyer, id.ToArray(), World.Signer.Cancel(Account.Buyer, terms.Buyer, id));
        Assert.Equal("Error(FiatTokenV2: authorization is used or canceled)", (await RevertOfTokenAsync(terms)).ToString());

        var large = terms with { Amount = World.BuyersMoney + 1 };
        Assert.Equal("Error(ERC20: transfer amount exceeds balance)", (await RevertOfTokenAsync(large)).ToString());
        Assert.Equal(EscrowState.None, await Driver.StateAsync(large));
    }

    public static TheoryData<string> BadTerms =>
        ["amount", "no seller", "vault sells", "vault buys", "self", "arbiter buys", "arbiter sells", "now", "past", "far", "dispute", "arbiter"];

    [Theory]
    [MemberData(nameof(BadTerms))]
    public async Task Terms_that_make_no_sense_are_refused(string fault)
    {
        var terms = await Driver.TermsAsync();
        var now = terms.Deadline - VaultDriver.Day;
        const ulong Max = 90 * VaultDriver.Day;
        terms = fault switch
        {
            "amount" => terms with { Amount = UInt256.Zero },
            "no seller" => terms with { Seller = Address.Zero },
            "vault sells" => terms with { Seller = Vault.Address },
            "vault buys" => terms with { Buyer = Vault.Address },
            "self" => terms with { Seller = terms.Buyer },
            "arbiter buys" => terms with { Arbiter = terms.Buyer },
            "arbiter sells" => terms with { Arbiter = terms.Seller },
            "now" => terms with { Deadline = now },
            "past" => terms with { Deadline = now - 1 },
            "far" => terms with { Deadline = now + Max + 2 },
            "dispute" => terms with { DisputeWindow = Max + 1 },
            _ => terms with { ArbiterWindow = Max + 1 },
        };

        await RefusedAsync("BadTerms()", Account.Relayer, "deposit", Driver.Deposit(terms));
    }

    [Fact]
    public async Task The_longest_windows_are_taken()
    {
        const ulong Max = 90 * VaultDriver.Day;
        Assert.Equal((UInt256)Max, await Vault.ReadAsync<UInt256>("MAX_WINDOW"));
        await Driver.OpenAsync(change: terms => terms with
        {
            Deadline = terms.Deadline - VaultDriver.Day + Max, DisputeWindow = Max, ArbiterWindow = Max, Arbiter = Address.Zero,
        });
    }

    [Fact]
    public async Task A_contract_buys_as_well()
    {
        var terms = await Driver.TermsAsync() with { Buyer = World.Wallet.Address };
        var bare = (byte[])Driver.Deposit(terms)[3];
        await Vault.SendAsync(Account.Relayer, "deposit", Driver.Deposit(terms, signature: [1, .. bare]));
        var receipt = Driver.Receipt(Account.Buyer, terms);

        await RefusedAsync("InvalidReceipt()", Account.Seller, "showReceipt", terms.Argument, VaultDriver.Answer.ToArray(), receipt);
        await Vault.SendAsync(Account.Seller, "showReceipt", terms.Argument, VaultDriver.Answer.ToArray(), (byte[])[1, .. receipt]);
        var dispute = Vault.Abi.Function("dispute").Encode([terms.Argument]);
        await World.Wallet.SendAsync(Account.Buyer, "execute", Vault.Address, dispute);
        Assert.Equal(EscrowState.Disputed, await Driver.StateAsync(terms));
    }

    [Fact]
    public async Task A_silent_token_opens_nothing_out_of_others_money()
    {
        var driver = new VaultDriver(Anvil, World.SilentVault, World.SilentSigner);
        await driver.OpenAsync("somebody's");
        var terms = await driver.TermsAsync();
        var id = driver.IdOf(terms).ToArray();
        var spent = World.SilentSigner.Cancel(Account.Buyer, terms.Buyer, driver.IdOf(terms));
        await World.Silent.SendAsync(Account.Buyer, "cancelAuthorization(address,bytes32,bytes)", terms.Buyer, id, spent);

        var error = await World.SilentVault.RevertsAsync(Account.Relayer, "deposit", driver.Deposit(terms));
        Assert.Equal($"NotReceived({VaultDriver.Amount}, 0)", error.ToString());
        Assert.Equal(EscrowState.None, await driver.StateAsync(terms));
    }

    private Task<AbiRecord> RevertOfTokenAsync(Terms terms, byte[]? signature = null) =>
        Vault.RevertsAsync(Account.Relayer, "deposit", Driver.Deposit(terms, signature: signature));
}
