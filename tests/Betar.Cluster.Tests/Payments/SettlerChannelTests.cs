using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Protocol;
using Betar.X402.Settling;

namespace Betar.Cluster.Tests.Payments;

/// <summary>A facilitator's payments over the settlers' grains.</summary>
public sealed class SettlerChannelTests
{
    [Fact]
    public async Task One_payment_is_settled_once_for_all_who_ask()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync();
        SettlementRequest request = Request(world, buyer, await buyer.SignAsync());

        SettlementOutcome[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Channel(world).SettleAsync(request, default)));

        Assert.All(all, outcome => Assert.Equal(SettlementStatus.Settled, outcome.Status));
        Assert.Single(all.Select(outcome => outcome.Transaction).Distinct());
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
    }

    [Fact]
    public async Task A_look_sends_nothing()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync();
        SettlementRequest request = Request(world, buyer, await buyer.SignAsync());

        Assert.Equal(SettlementStatus.Unused, (await Channel(world).LookUpAsync(request, default)).Status);
        Assert.Equal(0ul, await world.Chain.Client.GetTransactionCountAsync(world.Settlement.Address, BlockTag.Latest, default));
        SettlementOutcome settled = await Channel(world).SettleAsync(request, default);
        Assert.Equal(settled, await Channel(world).LookUpAsync(request, default));

        // Nor does whoever asks for what is settled already.
        Assert.Equal(settled, await Channel(world).SettleAsync(request, default));
        Assert.Equal(1ul, await world.Chain.Client.GetTransactionCountAsync(world.Settlement.Address, BlockTag.Latest, default));
    }

    [Fact]
    public async Task A_nonce_that_was_used_for_another_transfer_is_said_to_be_used()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync(), friend = await world.BuyerAsync("peer-b", funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        using PrivateKey stranger = PrivateKey.Generate();
        await world.Chain.SendAsync(world.Chain.Token.Settle(TestBuyer.AuthorizationOf(
            buyer.Resign(payment, terms => terms with { To = friend.Address.ToString() }))), stranger);
        Assert.Equal(SettlementStatus.Used, (await Channel(world).SettleAsync(Request(world, buyer, payment), default)).Status);
    }

    [Fact]
    public async Task What_can_never_happen_any_more_is_refused()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync(funds: 0);
        SettlementRequest request = Request(world, buyer, await buyer.SignAsync());
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(SettlementStatus.Refused, (await Channel(world).SettleAsync(request, default)).Status);
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_that_it_is_pending_and_it_goes_on()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync();
        SettlementRequest request = Request(world, buyer, await buyer.SignAsync());
        var gate = new TaskCompletionSource();
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Between.Send = raw => HeldAsync(raw);
        using var impatient = new CancellationTokenSource();
        Task<SettlementOutcome> asked = Channel(world).SettleAsync(request, impatient.Token);
        await sending.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await impatient.CancelAsync();
        Assert.Equal(SettlementStatus.Pending, (await asked).Status);

        world.Between.Send = null;
        gate.SetResult();
        while (await world.Chain.TransfersOfAsync(buyer.Address) == 0)
            await Task.Yield();
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));

        async Task<RpcOutcome<TransactionReceipt>> HeldAsync(ReadOnlyMemory<byte> raw)
        {
            sending.SetResult();
            await gate.Task;
            return await world.Chain.Client.SendRawTransactionSyncAsync(raw, TimeSpan.FromSeconds(10), default);
        }
    }

    [Fact]
    public async Task What_is_on_another_network_is_refused()
    {
        await using World world = await SellingAsync();
        TestBuyer buyer = await world.BuyerAsync();
        SettlementRequest request = Request(world, buyer, await buyer.SignAsync());
        SettlementRequest elsewhere = request with { Key = request.Key with { Network = new NetworkId(31337) } };
        Assert.Equal(SettlementStatus.Refused, (await Channel(world).SettleAsync(elsewhere, default)).Status);
        Assert.Equal(0, await world.Chain.TransfersOfAsync(buyer.Address));
    }

    private static async Task<World> SellingAsync() => (await World.WithAgentAsync(TestExecutor.Echo())).World;

    private static SettlerChannel Channel(World world) => new(world.Grains, world.Settlers);

    private static SettlementRequest Request(World world, TestBuyer buyer, PaidRequest payment)
    {
        SignedTransferAuthorization authorization = TestBuyer.AuthorizationOf(payment);
        return new SettlementRequest
        {
            Key = buyer.KeyOf(payment), Call = world.Chain.Token.Settle(authorization), ValidBefore = authorization.ValidBefore, Authorization = authorization,
            Transfer = new ExpectedTransfer(world.Chain.Token.Address, authorization.From, authorization.To, new AtomicAmount(authorization.Value)),
        };
    }
}
