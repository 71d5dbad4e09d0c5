using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Protocol;
using Betar.X402.Settling;

namespace Betar.Cluster.Tests.Payments;

/// <summary>
/// Calls of any contract over the settlers' grains. The devnet has one contract, so its own transfer stands here for what others would do:
/// an authorisation that is known by its call alone.
/// </summary>
public sealed class SettlerCallTests
{
    [Fact]
    public async Task One_call_is_made_once_for_all_who_ask()
    {
        await using World world = await SellingAsync();
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync());

        SettlementOutcome[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Channel(world).SettleAsync(request, default)));

        Assert.All(all, outcome => Assert.Equal(SettlementStatus.Settled, outcome.Status));
        Assert.Single(all.Select(outcome => outcome.Transaction).Distinct());
        Assert.Equal(1ul, await SentAsync(world));
        Assert.Equal(World.Price, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task A_look_sends_nothing_and_a_repeat_neither()
    {
        await using World world = await SellingAsync();
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync());

        Assert.Equal(SettlementStatus.Unused, (await Channel(world).LookUpAsync(request, default)).Status);
        Assert.Equal(0ul, await SentAsync(world));
        SettlementOutcome settled = await Channel(world).SettleAsync(request, default);
        Assert.Equal(settled, await Channel(world).LookUpAsync(request, default));
        Assert.Equal(settled, await Channel(world).SettleAsync(request, default));
        Assert.Equal(1ul, await SentAsync(world));
    }

    [Fact]
    public async Task A_lost_answer_is_looked_up_also_by_the_next_process()
    {
        await using World world = await SellingAsync(new WorldOptions { ReceiptTimeout = TimeSpan.FromSeconds(1) });
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync());
        await world.Chain.SetFaultAsync(new { kind = "dropAnswer" });
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);

        await world.RestartAsync();

        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(1ul, await SentAsync(world));
        Assert.Equal(World.Price, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task The_same_call_that_somebody_else_made_first_is_this_payment()
    {
        await using World world = await SellingAsync();
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync());
        using PrivateKey stranger = PrivateKey.Generate();
        TransactionReceipt front = await world.Chain.SendAsync(request.Call, stranger);

        SettlementOutcome outcome = await Channel(world).SettleAsync(request, default);

        Assert.Equal((SettlementStatus.Settled, front.TransactionHash), (outcome.Status, outcome.Transaction));
        Assert.Equal(0ul, await SentAsync(world));
    }

    [Fact]
    public async Task The_nonce_used_by_another_call_is_a_used_nonce()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        SettlementRequest request = Request(world, buyer, payment);
        using PrivateKey stranger = PrivateKey.Generate();
        SignedTransferAuthorization authorization = TestBuyer.AuthorizationOf(payment);
        await world.Chain.SendAsync(request.Call with { Data = Eip3009Token.EncodeTransferWithAuthorizationBytes(authorization) }, stranger);

        Assert.Equal(SettlementStatus.Used, (await Channel(world).SettleAsync(request, default)).Status);

        // With an event of its own, or the token's word for exactly this transfer, it does not matter who brought it how.
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).LookUpAsync(request with { Authorization = authorization }, default)).Status);
    }

    [Fact]
    public async Task What_the_contract_refuses_now_is_pending_and_after_its_time_refused()
    {
        await using World world = await SellingAsync();
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync(funds: 0));
        SettlementOutcome poor = await Channel(world).SettleAsync(request, default);
        Assert.Equal(SettlementStatus.Pending, poor.Status);
        Assert.Contains("balance", poor.Detail, StringComparison.Ordinal);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.Chain.MineAsync(1);
        Assert.Equal(SettlementStatus.Refused, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(0ul, await SentAsync(world));
    }

    [Fact]
    public async Task A_transaction_nonce_that_is_taken_is_followed_by_the_next()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync();
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(await RequestAsync(world, buyer), default)).Status);
        await world.SendFromSettlerAsync(new ContractCall(world.Chain.Token.Address, Eip3009Token.EncodeBalanceOf(buyer.Address), 100_000));

        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(await RequestAsync(world, buyer), default)).Status);
        Assert.Equal(3ul, await SentAsync(world));
        Assert.Equal(2, await world.Chain.TransfersOfAsync(buyer.Address));
    }

    [Fact]
    public async Task It_counts_when_enough_blocks_stand_on_it()
    {
        await using World world = await SellingAsync(new WorldOptions { Confirmations = 3, ConfirmationTimeout = TimeSpan.Zero });
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync());
        SettlementOutcome early = await Channel(world).SettleAsync(request, default);
        Assert.Equal((SettlementStatus.Pending, "betar_unconfirmed"), (early.Status, early.Detail));
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);
        await world.Chain.MineAsync(2);
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(1ul, await SentAsync(world));
    }

    [Fact]
    public async Task Only_the_account_that_the_payer_named_sends()
    {
        await using World world = await SellingAsync(new WorldOptions { Settlers = 3 });
        TestBuyer buyer = await world.BuyerAsync();
        for (int time = 0; time < 4; time++)
        {
            SettlementRequest request = await RequestAsync(world, buyer) with { Sender = world.Settlement.Address };
            Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request, default)).Status);
        }

        Assert.Equal(4ul, await SentAsync(world));
        SettlementRequest foreign = await RequestAsync(world, buyer) with { Sender = buyer.Address };
        Assert.Equal(SettlementStatus.Refused, (await Channel(world).SettleAsync(foreign, default)).Status);
    }

    [Fact]
    public async Task What_nothing_would_prove_is_not_sent()
    {
        await using World world = await SellingAsync();
        SettlementRequest request = await RequestAsync(world, await world.BuyerAsync());
        Assert.Equal(SettlementStatus.Refused, (await Channel(world).SettleAsync(request with { Transfer = null }, default)).Status);
        Assert.Equal(0ul, await SentAsync(world));
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request with { Transfer = null, Use = null, MayRepeat = true }, default)).Status);
    }

    private static async Task<World> SellingAsync(WorldOptions? options = null) => (await World.WithAgentAsync(TestExecutor.Echo(), options)).World;

    private static SettlerChannel Channel(World world) => new(world.Grains, world.Settlers);

    private static Task<ulong> SentAsync(World world) => world.Chain.Client.GetTransactionCountAsync(world.Settlement.Address, BlockTag.Latest, default);

    private static async Task<SettlementRequest> RequestAsync(World world, TestBuyer buyer) => Request(world, buyer, await buyer.SignAsync());

    private static SettlementRequest Request(World world, TestBuyer buyer, PaidRequest payment)
    {
        SignedTransferAuthorization authorization = TestBuyer.AuthorizationOf(payment);
        return new SettlementRequest
        {
            Key = buyer.KeyOf(payment), Call = world.Chain.Token.Settle(authorization), ValidBefore = authorization.ValidBefore,
            Transfer = new ExpectedTransfer(world.Chain.Token.Address, authorization.From, authorization.To, new AtomicAmount(authorization.Value)),
            Use = new AuthorizationUse(world.Chain.Token.Address, authorization.From, authorization.Nonce),
        };
    }
}
