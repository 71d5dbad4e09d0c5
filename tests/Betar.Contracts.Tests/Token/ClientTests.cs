using Betar.Contracts.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Eip712;

namespace Betar.Contracts.Tests.Token;

/// <summary>Our own client path, from the payer's hash to the settlement, against the contract.</summary>
public sealed class ClientTests(Anvil anvil) : ChainTest(anvil)
{
    private Eip3009Token Token => new(Anvil.Chain, World.Usdc.Address);

    [Fact]
    public async Task Its_facts_are_read()
    {
        Assert.Equal("USDC", (await Token.NameAsync(default)).Value);
        Assert.Equal("2", (await Token.VersionAsync(default)).Value);
        Assert.Equal(6, (await Token.DecimalsAsync(default)).Value);
        Assert.Equal(World.Signer.Domain.Separator, (await Token.DomainSeparatorAsync(default)).Value);
        Assert.Equal((UInt256)World.BuyersMoney, (await Token.BalanceOfAsync(Account.Buyer.Address, default)).Value);
    }

    [Fact]
    public async Task A_payment_settles_within_its_gas_limit_and_its_events_are_read()
    {
        var payment = Payment();
        Assert.True((await Token.SimulateTransferAsync(payment, Account.Relayer.Address, default)).IsValue);
        Assert.False((await Token.AuthorizationStateAsync(payment.From, payment.Nonce, default)).Value);

        var receipt = await SettleAsync(payment);

        Assert.True(receipt.Succeeded);
        Assert.True(receipt.GasUsed < Eip3009Token.TransferGasLimit);
        Assert.True((await Token.AuthorizationStateAsync(payment.From, payment.Nonce, default)).Value);
        Assert.True(AuthorizationEvent.TryDecode(receipt.Logs[0], Token.Address, out var used) && used!.Authorizer == payment.From && used.Nonce == payment.Nonce);
        Assert.True(TransferEvent.TryDecode(receipt.Logs[1], Token.Address, out var moved));
        Assert.Equal((payment.From, payment.To, payment.Value), (moved!.From, moved.To, moved.Value));
    }

    [Fact]
    public async Task A_settlement_that_waits_for_its_block_gets_its_receipt()
    {
        await Anvil.RequestAsync("evm_setAutomine", true);
        try
        {
            var payment = Payment();
            var transaction = Token.Settle(payment).ToTransaction(Anvil.ChainId, 0, UInt256.Zero, UInt256.Zero).Sign(Account.Relayer.Key);
            var outcome = await Anvil.Chain.SendRawTransactionSyncAsync(transaction.Raw, TimeSpan.FromSeconds(30), default);

            Assert.True(outcome.IsValue, outcome.Describe());
            Assert.Equal((transaction.Hash, true, 2), (outcome.Value.TransactionHash, outcome.Value.Succeeded, outcome.Value.Logs.Count));
        }
        finally
        {
            await Anvil.RequestAsync("evm_setAutomine", false);
        }
    }

    [Fact]
    public async Task A_settlement_that_no_block_includes_is_told_by_its_hash()
    {
        var transaction = Token.Settle(Payment()).ToTransaction(Anvil.ChainId, 0, UInt256.Zero, UInt256.Zero).Sign(Account.Relayer.Key);
        var first = await Anvil.Chain.SendRawTransactionSyncAsync(transaction.Raw, TimeSpan.Zero, default);
        var again = await Anvil.Chain.SendRawTransactionSyncAsync(transaction.Raw, TimeSpan.Zero, default);

        Assert.All(new[] { first, again }, outcome => Assert.Equal(RpcError.InclusionTimedOut, outcome.Error!.Code));
        Assert.All(new[] { first, again }, outcome => Assert.Equal(transaction.Hash, new Hash32(outcome.Error!.Data.Span)));
        await Anvil.RequestAsync("anvil_dropTransaction", transaction.Hash.ToString());
    }

    [Fact]
    public async Task A_wallets_longer_signature_takes_the_other_overload()
    {
        var bare = Payment(World.Wallet.Address);
        var payment = bare with { Signature = [1, .. bare.Signature] };

        Assert.True((await SettleAsync(payment)).Succeeded);
        Assert.False((await SettleAsync(Payment(World.Wallet.Address, "again"))).Succeeded);
    }

    [Fact]
    public async Task A_second_settlement_is_refused_with_the_reason_of_USDC()
    {
        var payment = Payment();
        await SettleAsync(payment);
        var again = await Token.SimulateTransferAsync(payment, Account.Relayer.Address, default);

        Assert.Equal("FiatTokenV2: authorization is used or canceled", again.Error!.RevertReason);
        Assert.Equal(RpcError.ExecutionReverted, again.Error.Code);
        Assert.False((await SettleAsync(payment)).Succeeded);
    }

    [Fact]
    public async Task A_cancellation_is_encoded_as_the_contract_reads_it()
    {
        var payment = Payment();
        var data = Eip3009Token.EncodeCancelAuthorization(
            payment.From, payment.Nonce, World.Signer.Cancel(Account.Buyer, payment.From, payment.Nonce));
        var receipt = await SendAsync(new ContractCall(World.Usdc.Address, data, Eip3009Token.TransferGasLimit));

        Assert.True(receipt.Succeeded);
        Assert.True((await Token.AuthorizationStateAsync(payment.From, payment.Nonce, default)).Value);
        Assert.False((await SettleAsync(payment)).Succeeded);
    }

    [Fact]
    public async Task The_silent_token_answers_a_used_nonce_with_a_success_that_moved_nothing()
    {
        var token = new Eip3009Token(Anvil.Chain, World.Silent.Address);
        var payment = Payment(signer: World.SilentSigner);
        var first = await SendAsync(token.Settle(payment));
        var second = await SendAsync(token.Settle(payment));
        var third = await SendAsync(token.Settle(payment with { To = Account.Stranger.Address }));

        Assert.Equal((true, 2), (first.Succeeded, first.Logs.Count));
        Assert.Equal((true, 0), (second.Succeeded, second.Logs.Count));
        Assert.Equal((true, 0), (third.Succeeded, third.Logs.Count));
        Assert.Equal(payment.Value, (await token.BalanceOfAsync(Account.Seller.Address, default)).Value);
        Assert.Equal(UInt256.Zero, (await token.BalanceOfAsync(Account.Stranger.Address, default)).Value);
        Assert.Equal(
            "FiatTokenV2: invalid signature",
            (await token.SimulateTransferAsync(payment with { Nonce = TypedData.Label("new") }, null, default)).Error!.RevertReason);
    }

    /// <summary>Signed through the payments room's own hasher, not through that of these tests.</summary>
    private SignedTransferAuthorization Payment(Address? from = null, string nonce = "payment", TokenSigner? signer = null)
    {
        var unsigned = new SignedTransferAuthorization(
            from ?? Account.Buyer.Address, Account.Seller.Address, 50_000, 0, TokenSigner.Never, TypedData.Label(nonce), []);
        var digest = new byte[Keccak256.Size];
        var terms = new TransferTerms(
            unsigned.From, unsigned.To, new AtomicAmount(unsigned.Value), unsigned.ValidAfter, unsigned.ValidBefore, new Nonce(unsigned.Nonce));
        TransferAuthorizationHasher.Digest((signer ?? World.Signer).Domain, in terms, digest);
        return unsigned with { Signature = Account.Buyer.Sign(new Hash32(digest)) };
    }

    private Task<TransactionReceipt> SettleAsync(SignedTransferAuthorization payment) => SendAsync(Token.Settle(payment));

    private async Task<TransactionReceipt> SendAsync(ContractCall call)
    {
        var nonce = await Anvil.Chain.GetTransactionCountAsync(Account.Relayer.Address, BlockTag.Latest, default);
        return await Anvil.IncludeAsync(call.ToTransaction(Anvil.ChainId, nonce, UInt256.Zero, UInt256.Zero).Sign(Account.Relayer.Key));
    }
}
