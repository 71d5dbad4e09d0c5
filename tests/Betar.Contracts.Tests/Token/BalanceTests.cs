using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Token;

public sealed class BalanceTests(Anvil anvil) : ChainTest(anvil)
{
    private static readonly UInt256 HalfOfAll = new(1UL << 63, 0, 0, 0);

    private Contract Token => World.Usdc;

    [Fact]
    public async Task Transfer_moves_and_says_so()
    {
        var receipt = await Token.SendAsync(Account.Buyer, "transfer", Account.Seller.Address, (UInt256)700);

        Assert.Equal($"Transfer({Account.Buyer.Address}, {Account.Seller.Address}, 700)", Token.Events(receipt).Single().ToString());
        Assert.Equal(700UL, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal(World.BuyersMoney - 700, await World.BalanceAsync(Account.Buyer.Address));
    }

    [Fact]
    public async Task A_transfer_to_oneself_and_of_nothing_changes_nothing()
    {
        await Token.SendAsync(Account.Buyer, "transfer", Account.Buyer.Address, (UInt256)World.BuyersMoney);
        await Token.SendAsync(Account.Stranger, "transfer", Account.Seller.Address, UInt256.Zero);

        Assert.Equal(World.BuyersMoney, await World.BalanceAsync(Account.Buyer.Address));
        Assert.Equal(0UL, await World.BalanceAsync(Account.Seller.Address));
    }

    [Fact]
    public async Task Transfer_refuses_what_is_not_there_and_nobody()
    {
        await Token.RevertsAsync("ERC20: transfer amount exceeds balance", Account.Buyer, "transfer", Account.Seller.Address, (UInt256)(World.BuyersMoney + 1));
        await Token.RevertsAsync("ERC20: transfer to the zero address", Account.Buyer, "transfer", Address.Zero, (UInt256)1);
    }

    [Fact]
    public async Task A_spender_takes_up_to_what_was_approved()
    {
        var approval = await Token.SendAsync(Account.Buyer, "approve", Account.Relayer.Address, (UInt256)100);
        await Token.SendAsync(Account.Relayer, "transferFrom", Account.Buyer.Address, Account.Seller.Address, (UInt256)60);

        Assert.Equal($"Approval({Account.Buyer.Address}, {Account.Relayer.Address}, 100)", Token.Events(approval).Single().ToString());
        Assert.Equal((UInt256)40, await Token.ReadAsync<UInt256>("allowance", Account.Buyer.Address, Account.Relayer.Address));
        await Token.RevertsAsync(
            "ERC20: transfer amount exceeds allowance", Account.Relayer, "transferFrom", Account.Buyer.Address, Account.Seller.Address, (UInt256)41);
        await Token.RevertsAsync(
            "ERC20: transfer amount exceeds allowance", Account.Stranger, "transferFrom", Account.Buyer.Address, Account.Stranger.Address, (UInt256)1);
        await Token.SendAsync(Account.Relayer, "transferFrom", Account.Buyer.Address, Account.Seller.Address, (UInt256)40);
        Assert.Equal(100UL, await World.BalanceAsync(Account.Seller.Address));
    }

    [Fact]
    public async Task An_allowance_is_no_balance_and_the_largest_is_counted_down_too()
    {
        await Token.SendAsync(Account.Buyer, "approve", Account.Relayer.Address, UInt256.MaxValue);
        await Token.RevertsAsync(
            "ERC20: transfer amount exceeds balance",
            Account.Relayer, "transferFrom", Account.Buyer.Address, Account.Seller.Address, (UInt256)(World.BuyersMoney + 1));
        await Token.SendAsync(Account.Relayer, "transferFrom", Account.Buyer.Address, Account.Seller.Address, (UInt256)1);

        Assert.Equal(UInt256.MaxValue - 1, await Token.ReadAsync<UInt256>("allowance", Account.Buyer.Address, Account.Relayer.Address));
    }

    [Fact]
    public Task Nobody_can_be_approved_not() =>
        Token.RevertsAsync("ERC20: approve to the zero address", Account.Buyer, "approve", Address.Zero, (UInt256)1);

    [Fact]
    public async Task The_owner_alone_mints()
    {
        var receipt = await Token.SendAsync(Account.Owner, "mint", Account.Seller.Address, (UInt256)5);

        Assert.Equal($"Transfer({Address.Zero}, {Account.Seller.Address}, 5)", Token.Events(receipt).Single().ToString());
        Assert.Equal((UInt256)(2 * World.BuyersMoney + 5), await Token.ReadAsync<UInt256>("totalSupply"));
        Assert.Equal("OwnableUnauthorizedAccount", (await Token.RevertsAsync(Account.Buyer, "mint", Account.Buyer.Address, (UInt256)5)).Name);
        await Token.RevertsAsync("FiatToken: mint to the zero address", Account.Owner, "mint", Address.Zero, (UInt256)5);
    }

    [Fact]
    public async Task A_balance_ends_before_the_bit_of_the_blocklist()
    {
        await Token.SendAsync(Account.Owner, "mint", Account.Seller.Address, HalfOfAll - 1);

        await Token.RevertsAsync("FiatTokenV2_2: Balance exceeds (2^255 - 1)", Account.Owner, "mint", Account.Seller.Address, (UInt256)1);
        await Token.RevertsAsync("FiatTokenV2_2: Balance exceeds (2^255 - 1)", Account.Buyer, "transfer", Account.Seller.Address, (UInt256)1);
        var overflow = await Token.RevertsAsync(Account.Owner, "mint", Account.Stranger.Address, UInt256.MaxValue);
        Assert.Equal("Panic(17)", overflow.ToString());
    }
}
