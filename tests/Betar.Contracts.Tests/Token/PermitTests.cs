using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Token;

/// <summary>EIP-2612: an allowance by signature.</summary>
public sealed class PermitTests(Anvil anvil) : ChainTest(anvil)
{
    private const string AsBytes = "permit(address,address,uint256,uint256,bytes)";
    private const string AsParts = "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)";

    private static readonly Address Owner = Account.Buyer.Address;
    private static readonly Address Spender = Account.Relayer.Address;

    private Contract Token => World.Usdc;

    [Theory]
    [InlineData(AsBytes)]
    [InlineData(AsParts)]
    public async Task It_approves_once_and_the_spender_takes(string form)
    {
        var arguments = Arguments(form, await Anvil.NextTimeAsync() + 100);
        var receipt = await Token.SendAsync(Account.Stranger, form, arguments);

        Assert.Equal($"Approval({Owner}, {Spender}, 500)", Token.Events(receipt).Single().ToString());
        Assert.Equal(UInt256.One, await Token.ReadAsync<UInt256>("nonces", Owner));
        await Token.RevertsAsync("EIP2612: invalid signature", Account.Stranger, form, arguments);
        await Token.SendAsync(Account.Relayer, "transferFrom", Owner, Account.Seller.Address, (UInt256)500);
        Assert.Equal(500UL, await World.BalanceAsync(Account.Seller.Address));
    }

    [Fact]
    public async Task It_counts_the_owners_permits()
    {
        await Token.SendAsync(Account.Stranger, AsBytes, Arguments(AsBytes, TokenSigner.Never));
        await Token.RevertsAsync("EIP2612: invalid signature", Account.Stranger, AsBytes, Arguments(AsBytes, TokenSigner.Never, nonce: 2));
        await Token.SendAsync(Account.Stranger, AsBytes, Arguments(AsBytes, TokenSigner.Never, nonce: 1));
    }

    [Fact]
    public async Task The_deadline_is_the_last_second()
    {
        var deadline = await Anvil.NextTimeAsync() + 500;
        var arguments = Arguments(AsParts, deadline);
        await Anvil.WarpAsync(deadline + 1);
        await Token.RevertsAsync("FiatTokenV2: permit is expired", Account.Stranger, AsParts, arguments);
    }

    [Fact]
    public async Task In_its_last_second_it_holds()
    {
        var deadline = await Anvil.NextTimeAsync() + 500;
        await Anvil.WarpAsync(deadline);
        await Token.SendAsync(Account.Stranger, AsParts, Arguments(AsParts, deadline));
    }

    [Fact]
    public async Task It_is_the_owners_word_only()
    {
        await Token.RevertsAsync(
            "EIP2612: invalid signature", Account.Stranger, AsBytes, Arguments(AsBytes, TokenSigner.Never, signer: Account.Stranger));
        var raised = Arguments(AsBytes, TokenSigner.Never);
        raised[2] = (UInt256)501;
        await Token.RevertsAsync("EIP2612: invalid signature", Account.Relayer, AsBytes, raised);
    }

    [Fact]
    public async Task A_contract_permits_too()
    {
        var wallet = World.Wallet.Address;
        var signature = World.Signer.Permit(Account.Buyer, wallet, Spender, 500, UInt256.Zero, TokenSigner.Never);
        await Token.RevertsAsync("EIP2612: invalid signature", Account.Stranger, AsBytes, wallet, Spender, (UInt256)500, (UInt256)TokenSigner.Never, signature);
        await Token.SendAsync(
            Account.Stranger, AsBytes, wallet, Spender, (UInt256)500, (UInt256)TokenSigner.Never, (byte[])[1, .. signature]);
    }

    [Fact]
    public async Task Nobody_is_permitted_nothing()
    {
        var signature = World.Signer.Permit(Account.Buyer, Owner, Address.Zero, 500, UInt256.Zero, TokenSigner.Never);
        await Token.RevertsAsync(
            "ERC20: approve to the zero address", Account.Stranger, AsBytes, Owner, Address.Zero, (UInt256)500, (UInt256)TokenSigner.Never, signature);
    }

    private object[] Arguments(string form, ulong deadline, ulong nonce = 0, Account? signer = null)
    {
        var signature = World.Signer.Permit(signer ?? Account.Buyer, Owner, Spender, 500, nonce, deadline);
        object[] terms = [Owner, Spender, (UInt256)500, (UInt256)deadline];
        return form == AsBytes ? [.. terms, signature] : [.. terms, (UInt256)signature[64], signature[..32], signature[32..64]];
    }
}
