using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;
using FsCheck.Fluent;

namespace Betar.Ethereum.Tests.Devnet.Token;

public sealed class TokenExecutorTests
{
    const ulong Now = 1_000;

    static readonly TokenCall _transfer = new(TokenMethod.TransferWithAuthorization)
    {
        From = TestKeys.PayerAddress,
        To = TestKeys.SellerAddress,
        Value = 10,
        ValidAfter = Now - 1,
        ValidBefore = Now + 1,
        Nonce = TestKeys.NonceOf("a"),
        Proof = AuthorizationProof.Valid,
    };

    static StateOverlay State(ulong payer = 10)
    {
        var state = new StateOverlay(new LedgerState());
        TokenExecutor.Apply(new TokenCall(TokenMethod.Mint) { To = TestKeys.PayerAddress, Value = payer }, Address.Zero, state);
        return state;
    }

    static string? Check(TokenCall call, StateOverlay? state = null) => TokenExecutor.Check(call, TestKeys.SenderAddress, Now, state ?? State());

    [Fact]
    public void A_good_transfer_is_applied_once()
    {
        var state = State();
        Assert.Null(Check(_transfer, state));
        TokenExecutor.Apply(_transfer, TestKeys.SenderAddress, state);
        Assert.Equal((UInt256.Zero, (UInt256)10UL), (state.BalanceOf(TestKeys.PayerAddress), state.BalanceOf(TestKeys.SellerAddress)));
        Assert.Equal(TokenReverts.UsedOrCanceled, Check(_transfer, state));
        Assert.Equal((UInt256)10UL, state.Supply);
    }

    [Fact]
    public void Faults_are_found_in_the_tokens_order()
    {
        // Everything is wrong at once; mending one fault after the other shows the next.
        var state = State(payer: 5);
        var call = _transfer with
        {
            ValidAfter = Now, ValidBefore = Now, Proof = AuthorizationProof.WrongSigner, To = Address.Zero,
        };
        state.EndAuthorization(new AuthorizationKey(call.From, call.Nonce));
        Assert.Equal(TokenReverts.NotYetValid, Check(call, state));
        call = call with { ValidAfter = Now - 1 };
        Assert.Equal(TokenReverts.Expired, Check(call, state));
        call = call with { ValidBefore = Now + 1 };
        Assert.Equal(TokenReverts.UsedOrCanceled, Check(call, state));
        call = call with { Nonce = TestKeys.NonceOf("b") };
        Assert.Equal(TokenReverts.WrongSigner, Check(call, state));
        call = call with { Proof = AuthorizationProof.Valid };
        Assert.Equal(TokenReverts.ToZero, Check(call, state));
        call = call with { To = TestKeys.SellerAddress };
        Assert.Equal(TokenReverts.ExceedsBalance, Check(call, state));
        call = call with { Value = 5 };
        Assert.Null(Check(call, state));
    }

    [Fact]
    public void Each_worthless_signature_has_its_reason()
    {
        foreach (var (proof, reason) in new[]
        {
            (AuthorizationProof.WrongLength, "ECRecover: invalid signature length"),
            (AuthorizationProof.HighS, "ECRecover: invalid signature 's' value"),
            (AuthorizationProof.WrongV, "ECRecover: invalid signature 'v' value"),
            (AuthorizationProof.Unrecoverable, "ECRecover: invalid signature"),
            (AuthorizationProof.WrongSigner, "FiatTokenV2: invalid signature"),
        })
        {
            Assert.Equal(reason, Check(_transfer with { Proof = proof }));
            Assert.Equal(reason, Check(_transfer with { Method = TokenMethod.CancelAuthorization, Proof = proof }));
        }
    }

    [Fact]
    public void A_signature_that_nobody_checked_is_a_bug_not_a_yes() =>
        Assert.Throws<InvalidOperationException>(() => Check(_transfer with { Proof = AuthorizationProof.Unchecked }));

    [Fact]
    public void A_transfer_to_oneself_moves_nothing_and_ends_the_authorisation()
    {
        var state = State();
        var call = _transfer with { To = TestKeys.PayerAddress };
        Assert.Null(Check(call, state));
        TokenExecutor.Apply(call, TestKeys.SenderAddress, state);
        Assert.Equal((UInt256)10UL, state.BalanceOf(TestKeys.PayerAddress));
        Assert.Equal(TokenReverts.UsedOrCanceled, Check(call, state));
    }

    [Fact]
    public void Whoever_holds_nearly_all_there_can_be_may_still_pay_itself()
    {
        var most = new UInt256(ulong.MaxValue >> 1, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);
        var state = new StateOverlay(new LedgerState());
        TokenExecutor.Apply(new TokenCall(TokenMethod.Mint) { To = TestKeys.PayerAddress, Value = most }, Address.Zero, state);
        var call = _transfer with { To = TestKeys.PayerAddress, Value = most };

        Assert.Null(Check(call, state));
        TokenExecutor.Apply(call, TestKeys.SenderAddress, state);

        Assert.Equal(most, state.BalanceOf(TestKeys.PayerAddress));
    }

    [Fact]
    public void A_transfer_of_nothing_is_a_transfer()
    {
        var call = _transfer with { Value = 0, From = TestKeys.SellerAddress };
        Assert.Null(Check(call));
    }

    [Fact]
    public void The_zero_address_pays_nobody()
    {
        Assert.Equal(TokenReverts.FromZero, Check(_transfer with { From = Address.Zero }));
        Assert.Equal(TokenReverts.FromZero, TokenExecutor.Check(new TokenCall(TokenMethod.Transfer) { To = TestKeys.SellerAddress }, Address.Zero, Now, State()));
    }

    [Fact]
    public void Windows_beyond_64_bits_are_windows()
    {
        Assert.Null(Check(_transfer with { ValidAfter = 0, ValidBefore = UInt256.MaxValue }));
        Assert.Equal(TokenReverts.NotYetValid, Check(_transfer with { ValidAfter = UInt256.MaxValue, ValidBefore = UInt256.MaxValue }));
    }

    [Fact]
    public void A_cancelled_authorisation_moves_nothing()
    {
        var state = State();
        var cancel = _transfer with { Method = TokenMethod.CancelAuthorization };
        Assert.Null(Check(cancel, state));
        TokenExecutor.Apply(cancel, TestKeys.SenderAddress, state);
        Assert.Equal((UInt256)10UL, state.BalanceOf(TestKeys.PayerAddress));
        Assert.Equal(TokenReverts.UsedOrCanceled, Check(_transfer, state));
    }

    [Fact]
    public void Reads_and_calls_elsewhere_succeed_and_change_nothing()
    {
        foreach (var method in Enum.GetValues<TokenMethod>())
        {
            var call = _transfer with { Method = method };
            if (call.ChangesState || method == TokenMethod.Unknown)
                continue;
            var state = State();
            Assert.Null(Check(call, state));
            TokenExecutor.Apply(call, TestKeys.SenderAddress, state);
            Assert.Equal((UInt256)10UL, state.BalanceOf(TestKeys.PayerAddress));
        }

        Assert.Equal("", Check(TokenCall.Unknown));
    }

    [Fact]
    public void Whatever_is_applied_the_balances_add_up_to_the_supply()
    {
        Address[] accounts = [TestKeys.PayerAddress, TestKeys.SellerAddress, TestKeys.SenderAddress];
        var operations =
            from kind in Gen.Choose(0, 3)
            from a in Gen.Choose(0, 2)
            from b in Gen.Choose(0, 2)
            from value in Gen.Choose(0, 40)
            from nonce in Gen.Choose(0, 30)
            select (kind, From: accounts[a], To: accounts[b], Value: (ulong)value, nonce);
        Property.Holds(operations.ListOf(60), list =>
        {
            var state = State(payer: 100);
            foreach (var (kind, from, to, value, nonce) in list)
            {
                var call = new TokenCall(kind switch
                {
                    0 => TokenMethod.Mint,
                    1 => TokenMethod.Transfer,
                    2 => TokenMethod.CancelAuthorization,
                    _ => TokenMethod.TransferWithAuthorization,
                })
                {
                    From = from,
                    To = to,
                    Value = value,
                    ValidBefore = UInt256.MaxValue,
                    Nonce = TestKeys.NonceOf($"{nonce}"),
                    Proof = AuthorizationProof.Valid,
                };
                if (TokenExecutor.Check(call, from, Now, state) is null)
                    TokenExecutor.Apply(call, from, state);
            }

            return accounts.Aggregate(UInt256.Zero, (sum, account) => sum + state.BalanceOf(account)) == state.Supply;
        }, 200);
    }
}
