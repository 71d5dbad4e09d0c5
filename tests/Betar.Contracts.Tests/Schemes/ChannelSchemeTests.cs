using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.Contracts.Tests.Schemes;

/// <summary>"batch-settlement" on a stand-in for its contract: deposit, vouchers, claim, payment, refund.</summary>
public sealed class ChannelSchemeTests(Anvil anvil) : SchemeTest(anvil)
{
    private const ulong Filled = 5 * Price;
    private readonly MemoryChannelBook book = new(TimeProvider.System);

    private BatchClient Client => new(new LocalSigner(Account.Buyer.Key), Time);

    private LocalFacilitator Facilitates => field ??= Facilitator(new BatchScheme(new BatchOptions { Book = book, Assets = Assets }, Time));

    private Requirement Demand => Offer(BatchContracts.Scheme, ("receiverAuthorizer", Account.Arbiter.Address.ToString()), ("withdrawDelay", 900));

    private ChannelConfig Config => Client.ChannelFor(Demand, Policy, out _)!;

    private Hash32 Id => BatchHasher.ChannelId(Network, Config);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PlaceAsync("BatchSettlementDouble", BatchContracts.Settlement);
        await PlaceAsync("BatchCollectorDouble", BatchContracts.Eip3009Collector);
    }

    [Fact]
    public async Task Calls_are_claimed_together_and_paid_once()
    {
        await CallAsync(3);
        var claim = await ClaimAsync();
        var sent = await SendAsync(Account.Stranger, BatchSteps.Claim([claim], Account.Arbiter.Sign(BatchHasher.ClaimBatch(Network, [claim]).Digest)));
        Assert.True(sent.Succeeded);

        var reader = new BatchChain(Chain);
        Assert.Equal(new ChannelStanding(Filled, 3 * Price, UInt256.Zero), (await reader.OfChannelAsync(Id, default)).Value);
        var due = (await reader.DueAsync(Account.Seller.Address, World.Usdc.Address, default)).Value;
        await DoneAsync(Account.Relayer, BatchSteps.PayOut(Network, Account.Seller.Address, World.Usdc.Address, due, Nonce.Random()));

        Assert.Equal(3 * Price, await World.BalanceAsync(Account.Seller.Address));
        Assert.True((await reader.DueAsync(Account.Seller.Address, World.Usdc.Address, default)).Value.IsZero);
    }

    [Fact]
    public async Task A_claim_that_its_authoriser_did_not_sign_or_that_is_more_than_was_signed()
    {
        await CallAsync(2);
        var claim = await ClaimAsync();
        var greedy = claim with { TotalClaimed = (3 * Price) };

        Assert.False((await SendAsync(Account.Seller, BatchSteps.Claim([claim], Account.Seller.Sign(BatchHasher.ClaimBatch(Network, [claim]).Digest)))).Succeeded);
        Assert.False((await SendAsync(Account.Seller, BatchSteps.Claim([greedy], Account.Arbiter.Sign(BatchHasher.ClaimBatch(Network, [claim]).Digest)))).Succeeded);
        Assert.False((await SendAsync(Account.Seller, BatchSteps.Claim([greedy], Account.Arbiter.Sign(BatchHasher.ClaimBatch(Network, [greedy]).Digest)))).Succeeded);
        Assert.True((await new BatchChain(Chain).OfChannelAsync(Id, default)).Value.TotalClaimed.IsZero);
    }

    [Fact]
    public async Task What_is_left_goes_back_after_the_claims_and_once()
    {
        await CallAsync(2);
        var claim = await ClaimAsync();
        var signature = Account.Arbiter.Sign(BatchHasher.Refund(Network, Id, UInt256.Zero, 3 * Price).Digest);
        var refund = BatchSteps.Refund(
            Network, Config, 3 * Price, UInt256.Zero, signature, [claim], Account.Arbiter.Sign(BatchHasher.ClaimBatch(Network, [claim]).Digest));
        await DoneAsync(Account.Relayer, refund);

        Assert.Equal(World.BuyersMoney - (2 * Price), await World.BalanceAsync(Account.Buyer.Address));
        Assert.Equal(new ChannelStanding(2 * Price, 2 * Price, UInt256.One), (await new BatchChain(Chain).OfChannelAsync(Id, default)).Value);
        await RefusedAsync(Account.Stranger, BatchSteps.Refund(Network, Config, 3 * Price, UInt256.Zero, signature));
        await RefusedAsync(Account.Stranger, BatchSteps.Refund(Network, Config, 3 * Price, UInt256.One, signature));
    }

    [Fact]
    public async Task What_is_owed_is_claimed_by_itself_and_once()
    {
        await CallAsync(3);
        using var claimer = Claimer();
        Assert.Equal(new ClaimRound(), await claimer.RunAsync(false, default));

        Assert.Equal(new ClaimRound { Claimed = 1, Value = 3 * Price }, await claimer.RunAsync(true, default));
        Assert.Equal(new ClaimRound(), await claimer.RunAsync(true, default));

        Assert.Equal(3 * Price, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal((AtomicAmount)(3 * Price), (await book.FindAsync(Id, default))!.TotalClaimed);
    }

    [Fact]
    public async Task A_payer_that_begins_to_withdraw_is_claimed_before()
    {
        await CallAsync(2);
        using var claimer = Claimer();
        var (settlement, config) = (new Contract(Anvil, Artifact.Load("BatchSettlementDouble"), BatchContracts.Settlement), Config);
        object[] channel = [config.Payer, config.PayerAuthorizer, config.Receiver, config.ReceiverAuthorizer, config.Token, (UInt256)config.WithdrawDelay, config.Salt.ToArray()];
        await settlement.SendAsync(Account.Buyer, "initiateWithdraw", channel, (UInt256)Filled);

        Assert.Equal(new ClaimRound { Claimed = 1, Value = 2 * Price }, await claimer.RunAsync(false, default));

        await Anvil.WarpAsync(await Anvil.NextTimeAsync() + 900);
        await settlement.SendAsync(Account.Buyer, "finalizeWithdraw", (object)channel);
        Assert.Equal(2 * Price, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal(World.BuyersMoney - (2 * Price), await World.BalanceAsync(Account.Buyer.Address));
    }

    private ChannelClaimer Claimer() =>
        new(book, Chains, ChannelOf(Account.Relayer), new LocalSigner(Account.Arbiter.Key), new ChannelClaimOptions(), TimeProvider.System);

    private async Task CallAsync(ulong calls)
    {
        var first = await Client.SignDepositAsync(Asset, Config, Price, Filled, TimeSpan.FromMinutes(5), default);
        await PaysAsync(Facilitates, Call(Demand, first!.Value));
        for (var call = 2UL; call <= calls; call++)
            await PaysAsync(Facilitates, Call(Demand, (await Client.SignVoucherAsync(Asset, Config, call * Price, default))!.Value));
    }

    private async Task<BatchClaim> ClaimAsync() => BatchClaim.Of(Config, (await book.FindAsync(Id, default))!)!;

    private async Task<TransactionReceipt> SendAsync(Account from, ContractCall call)
    {
        var nonce = await Chain.GetTransactionCountAsync(from.Address, BlockTag.Latest, default);
        return await Anvil.IncludeAsync(call.ToTransaction(Anvil.ChainId, nonce, UInt256.Zero, UInt256.Zero).Sign(from.Key));
    }
}
