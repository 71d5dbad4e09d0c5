using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Token;

/// <summary>EIP-3009: both ways to move, both forms of the signature, each refusal.</summary>
public sealed class AuthorizationTests(Anvil anvil) : ChainTest(anvil)
{
    private static readonly Hash32 Nonce = TypedData.Label("authorization");
    private static readonly UInt256 HalfOrder = new(0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x5D576E7357A4501D, 0xDFE92F46681B20A0);
    private static readonly UInt256 Order = HalfOrder + HalfOrder + 1;

    private Contract Token => World.Usdc;

    public static TheoryData<bool, bool> Forms => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_moves_the_money_once(bool receive, bool asBytes)
    {
        var call = Call(receive, asBytes: asBytes);
        var receipt = await Token.SendAsync(Account.Seller, call.Function, call.Arguments);

        Assert.Equal(
            [$"AuthorizationUsed({Account.Buyer.Address}, System.Byte[])", $"Transfer({Account.Buyer.Address}, {Account.Seller.Address}, 1000)"],
            Token.Events(receipt).Select(record => record.ToString()));
        Assert.Equal(Nonce.ToArray(), Token.Events(receipt)[0]["nonce"]);
        Assert.Equal(1000UL, await World.BalanceAsync(Account.Seller.Address));
        Assert.True(await Token.ReadAsync<bool>("authorizationState", Account.Buyer.Address, Nonce.ToArray()));
        await Token.RevertsAsync("FiatTokenV2: authorization is used or canceled", Account.Seller, call.Function, call.Arguments);
    }

    [Fact]
    public async Task Anyone_may_bring_a_transfer_and_the_payee_alone_a_receipt()
    {
        var receive = Call(receive: true);
        await Token.RevertsAsync("FiatTokenV2: caller must be the payee", Account.Relayer, receive.Function, receive.Arguments);
        var transfer = Call(receive: false);
        await Token.SendAsync(Account.Stranger, transfer.Function, transfer.Arguments);
    }

    [Fact]
    public async Task A_signature_for_the_one_is_none_for_the_other()
    {
        var signature = World.Signer.Receive(Account.Buyer, Account.Buyer.Address, Account.Seller.Address, 1000, Nonce);
        var call = Call(receive: false, signature: signature);
        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Relayer, call.Function, call.Arguments);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_window_is_open_between_its_ends_and_not_at_them(bool receive)
    {
        var start = await Anvil.NextTimeAsync() + 1000;
        var call = Call(receive, validAfter: start, validBefore: start + 100);

        await Anvil.WarpAsync(start);
        await Token.RevertsAsync("FiatTokenV2: authorization is not yet valid", Account.Seller, call.Function, call.Arguments);
        await Anvil.WarpAsync(start + 100);
        await Token.RevertsAsync("FiatTokenV2: authorization is expired", Account.Seller, call.Function, call.Arguments);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public async Task The_first_and_the_last_second_are_within(ulong second)
    {
        var start = await Anvil.NextTimeAsync() + 1000;
        var call = Call(receive: false, validAfter: start, validBefore: start + 100);

        await Anvil.WarpAsync(start + second);
        await Token.SendAsync(Account.Seller, call.Function, call.Arguments);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Signatures_that_are_none_are_told_apart(bool receive)
    {
        var good = (byte[])Call(receive).Arguments[6];
        await RefusedAsync(good[..64], "ECRecover: invalid signature length");
        await RefusedAsync([.. good, 0], "ECRecover: invalid signature length");
        await RefusedAsync([], "ECRecover: invalid signature length");
        await RefusedAsync(With(good, 64, (byte)(good[64] - 27)), "ECRecover: invalid signature 'v' value");
        await RefusedAsync(HighTwin(good), "ECRecover: invalid signature 's' value");
        await RefusedAsync(With(HighTwin(good), 64, 0), "ECRecover: invalid signature 's' value");
        await RefusedAsync([.. new byte[32], .. good[32..]], "ECRecover: invalid signature");
        await RefusedAsync(With(good, 64, (byte)(good[64] ^ 7)), "FiatTokenV2: invalid signature");

        Task RefusedAsync(byte[] signature, string reason)
        {
            var call = Call(receive, signature: signature);
            return Token.RevertsAsync(reason, Account.Seller, call.Function, call.Arguments);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Every_member_is_signed(int member)
    {
        var call = Call(receive: false);
        call.Arguments[member] = member switch
        {
            0 => World.Wallet.Address,
            1 => Account.Stranger.Address,
            2 => (UInt256)999,
            3 => (UInt256)1,
            4 => (UInt256)(TokenSigner.Never - 1),
            _ => TypedData.Label("another").ToArray(),
        };

        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Relayer, call.Function, call.Arguments);
    }

    [Fact]
    public async Task More_than_there_is_leaves_the_authorization_unused()
    {
        var call = Call(receive: false, value: World.BuyersMoney + 1);
        await Token.RevertsAsync("ERC20: transfer amount exceeds balance", Account.Relayer, call.Function, call.Arguments);

        Assert.False(await Token.ReadAsync<bool>("authorizationState", Account.Buyer.Address, Nonce.ToArray()));
        await Token.SendAsync(Account.Owner, "mint", Account.Buyer.Address, (UInt256)1);
        await Token.SendAsync(Account.Relayer, call.Function, call.Arguments);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_cancelled_never_moves(bool asBytes)
    {
        var signature = World.Signer.Cancel(Account.Buyer, Account.Buyer.Address, Nonce);
        var (function, arguments) = Cancel(signature, asBytes);
        var receipt = await Token.SendAsync(Account.Stranger, function, arguments);

        Assert.Equal("AuthorizationCanceled", Token.Events(receipt).Single().Name);
        await Token.RevertsAsync("FiatTokenV2: authorization is used or canceled", Account.Stranger, function, arguments);
        var call = Call(receive: false);
        await Token.RevertsAsync("FiatTokenV2: authorization is used or canceled", Account.Seller, call.Function, call.Arguments);
    }

    [Fact]
    public async Task The_payer_alone_cancels()
    {
        var (function, arguments) = Cancel(World.Signer.Cancel(Account.Seller, Account.Buyer.Address, Nonce), asBytes: true);
        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Seller, function, arguments);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_contract_that_pays_is_asked_and_its_keys_are_not(bool receive)
    {
        var wallet = World.Wallet.Address;
        var bare = receive
            ? World.Signer.Receive(Account.Buyer, wallet, Account.Seller.Address, 1000, Nonce)
            : World.Signer.Transfer(Account.Buyer, wallet, Account.Seller.Address, 1000, Nonce);
        var good = Call(receive, signature: [1, .. bare], from: wallet);
        var refused = Call(receive, signature: bare, from: wallet);
        var split = Call(receive, asBytes: false, signature: bare, from: wallet);

        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Seller, refused.Function, refused.Arguments);
        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Seller, split.Function, split.Arguments);
        await Token.SendAsync(Account.Seller, good.Function, good.Arguments);
        Assert.Equal(1000UL, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal(World.BuyersMoney - 1000, await World.BalanceAsync(wallet));
    }

    /// <summary>EIP-7702: a key's account may carry code; then the code speaks for it and the key does not.</summary>
    [Fact]
    public async Task An_account_that_took_code_does_not_pay_by_its_key_any_more()
    {
        var call = Call(receive: false);
        await Anvil.RequestAsync("anvil_setCode", Account.Buyer.Address.ToLowerHex(), "0x00");
        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Relayer, call.Function, call.Arguments);
        await Anvil.RequestAsync("anvil_setCode", Account.Buyer.Address.ToLowerHex(), "0x");
        await Token.SendAsync(Account.Relayer, call.Function, call.Arguments);
    }

    [Fact]
    public async Task The_zero_address_neither_pays_nor_is_paid()
    {
        var signature = World.Signer.Transfer(Account.Buyer, Account.Buyer.Address, Address.Zero, 1000, Nonce);
        var call = Call(receive: false, signature: signature);
        call.Arguments[1] = Address.Zero;
        await Token.RevertsAsync("ERC20: transfer to the zero address", Account.Relayer, call.Function, call.Arguments);
        call.Arguments[0] = Address.Zero;
        await Token.RevertsAsync("FiatTokenV2: invalid signature", Account.Relayer, call.Function, call.Arguments);
    }

    private static (string Function, object[] Arguments) Cancel(byte[] signature, bool asBytes) => asBytes
        ? ("cancelAuthorization(address,bytes32,bytes)", [Account.Buyer.Address, Nonce.ToArray(), signature])
        : ("cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)",
            [Account.Buyer.Address, Nonce.ToArray(), (UInt256)signature[64], signature[..32], signature[32..64]]);

    private (string Function, object[] Arguments) Call(
        bool receive, bool asBytes = true, ulong value = 1000, ulong validAfter = 0, ulong validBefore = TokenSigner.Never, byte[]? signature = null, Address? from = null)
    {
        var (payer, payee) = (from ?? Account.Buyer.Address, Account.Seller.Address);
        signature ??= receive
            ? World.Signer.Receive(Account.Buyer, payer, payee, value, Nonce, validAfter, validBefore)
            : World.Signer.Transfer(Account.Buyer, payer, payee, value, Nonce, validAfter, validBefore);
        var function = receive ? "receiveWithAuthorization" : "transferWithAuthorization";
        object[] terms = [payer, payee, (UInt256)value, (UInt256)validAfter, (UInt256)validBefore, Nonce.ToArray()];
        return asBytes
            ? (function + "(address,address,uint256,uint256,uint256,bytes32,bytes)", [.. terms, signature])
            : (function + "(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)",
                [.. terms, (UInt256)signature[64], signature[..32], signature[32..64]]);
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var changed = bytes.ToArray();
        changed[at] = value;
        return changed;
    }

    /// <summary>The other s that the same key's signature has: off the chain it recovers as well.</summary>
    private static byte[] HighTwin(byte[] signature)
    {
        var twin = signature.ToArray();
        (Order - UInt256.ReadBigEndian(signature.AsSpan(32, 32))).WriteBigEndian(twin.AsSpan(32, 32));
        twin[64] = (byte)(55 - twin[64]);
        return twin;
    }
}
