using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Many transfers in one transaction: each has its own end, and none happens twice.</summary>
public sealed class BatchedTransfersTests : IAsyncLifetime
{
    private World _world = null!;
    private MulticallStandIn _multicall = null!;
    private TestBuyer _buyer = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _multicall.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Each_has_its_own_end_whatever_becomes_of_its_neighbours()
    {
        await StartAsync(maxBatch: 5);
        TestBuyer poor = await _world.BuyerAsync(funds: 0), friend = await _world.BuyerAsync(funds: 0);
        TransferOrder expired = await OrderAsync(_buyer);
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await _world.Chain.MineAsync(1);
        PaidRequest twice = await _buyer.SignAsync();
        PaidRequest elsewhere = _buyer.Resign(twice, terms => terms with { To = friend.Address.ToString() });
        using PrivateKey stranger = PrivateKey.Generate();
        await _world.Chain.SendAsync(_world.Chain.Token.Settle(TestBuyer.AuthorizationOf(elsewhere)), stranger);

        Task<SettlementResult> first = SettleAsync(await OrderAsync(_buyer));
        await _multicall.AloneCame;
        SettlementResult[] batch = await Task.WhenAll(
            SettleAsync(await OrderAsync(_buyer)), SettleAsync(Of(twice)), SettleAsync(expired), SettleAsync(await OrderAsync(poor)), SettleAsync(await OrderAsync(_buyer)));

        Assert.Equal(SettlementState.Settled, (await first).State);
        Assert.Equal(
            [SettlementState.Settled, SettlementState.Refused, SettlementState.Refused, SettlementState.Pending, SettlementState.Settled],
            batch.Select(result => result.State));
        Assert.Equal(["invalid_exact_evm_nonce_already_used", "invalid_exact_evm_payload_authorization_valid_before"], batch[1..3].Select(result => result.Reason));
        Assert.Equal([5], _multicall.Sizes);
        Assert.Equal(2ul, await SentAsync());
        Assert.Equal(3 * World.Price, await _world.Chain.BalanceAsync(_world.PayTo));
    }

    [Fact]
    public async Task What_found_no_end_in_a_batch_goes_alone()
    {
        await StartAsync(maxBatch: 2);
        TestBuyer poor = await _world.BuyerAsync(funds: 0);
        TransferOrder[] orders = [await OrderAsync(_buyer), await OrderAsync(poor)];
        await BatchAsync(orders);
        await _world.Chain.FundAsync(poor.Address, World.Price);

        Assert.Equal(SettlementState.Settled, (await SettleAsync(orders[1])).State);
        Assert.Equal([2], _multicall.Sizes);
        Assert.Equal(3ul, await SentAsync());
    }

    [Fact]
    public async Task A_lost_answer_is_looked_up_for_each_and_nothing_is_sent_again()
    {
        await StartAsync(maxBatch: 3);
        _multicall.Answer = () => Task.FromResult(RpcOutcome.Unreachable<TransactionReceipt>());
        TransferOrder[] orders = await OrdersAsync(3);
        Assert.All(await BatchAsync(orders), result => Assert.Equal(SettlementState.Pending, result.State));

        Assert.All(await Task.WhenAll(orders.Select(SettleAsync)), result => Assert.Equal(SettlementState.Settled, result.State));
        Assert.Equal(2ul, await SentAsync());
        Assert.Equal(4, await _world.Chain.TransfersOfAsync(_buyer.Address));
    }

    [Fact]
    public async Task A_batch_that_is_undone_whole_leaves_each_to_be_sent_alone()
    {
        await StartAsync(maxBatch: 3);
        _multicall.Reverts = true;
        TransferOrder[] orders = await OrdersAsync(3);
        Assert.All(await BatchAsync(orders), result => Assert.Equal(SettlementState.Pending, result.State));

        Assert.All(await Task.WhenAll(orders.Select(SettleAsync)), result => Assert.Equal(SettlementState.Settled, result.State));
        Assert.Equal([3], _multicall.Sizes);
        Assert.Equal(5ul, await SentAsync());
        Assert.Equal(4 * World.Price, await _world.Chain.BalanceAsync(_world.PayTo));
    }

    [Fact]
    public async Task None_is_sent_again_while_a_block_may_take_the_batch()
    {
        await StartAsync(maxBatch: 2);
        _multicall.Lost = () => RpcOutcome.Unreachable<TransactionReceipt>();
        TransferOrder[] orders = await OrdersAsync(2);
        Assert.All(await BatchAsync(orders), result => Assert.Equal(SettlementState.Pending, result.State));
        ulong nonce = _multicall.Batches.Single().Nonce;

        _world.Between.Count = block => block == BlockTag.Pending ? nonce + 1 : nonce;
        foreach (TransferOrder order in orders)
        {
            Assert.Equal(SettlementState.Pending, (await Settler.Reconcile(order)).State);
            Assert.Equal(SettlementState.Pending, (await SettleAsync(order)).State);
        }
        Assert.Equal(1, await _world.Chain.TransfersOfAsync(_buyer.Address));

        _world.Between.Count = null;
        Assert.All(await Task.WhenAll(orders.Select(SettleAsync)), result => Assert.Equal(SettlementState.Settled, result.State));
        Assert.Equal(3, await _world.Chain.TransfersOfAsync(_buyer.Address));
    }

    [Fact]
    public async Task A_batch_that_a_reorganisation_took_back_is_made_again_one_by_one()
    {
        await StartAsync(maxBatch: 2, confirmations: 6);
        TransferOrder[] orders = await OrdersAsync(2);
        await _world.Chain.MineAsync(4);
        Assert.All(await BatchAsync(orders), result => Assert.Equal((SettlementState.Pending, "betar_unconfirmed"), (result.State, result.Reason)));
        await _world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 4, transactions = "vanish" });
        Assert.Equal(0, await _world.Chain.TransfersOfAsync(_buyer.Address));

        foreach (TransferOrder order in orders)
        {
            await SettleAsync(order);
            await _world.Chain.MineAsync(8);
            SettlementResult end = await Settler.Reconcile(order);
            Assert.True(end.State == SettlementState.Settled, end.ToString());
        }
        Assert.Equal(2 * World.Price, await _world.Chain.BalanceAsync(_world.PayTo));
    }

    [Fact]
    public async Task What_a_killed_process_sent_is_found_by_the_next()
    {
        await StartAsync(maxBatch: 3);
        var never = new TaskCompletionSource<RpcOutcome<TransactionReceipt>>();
        var sent = new TaskCompletionSource();
        _multicall.Answer = () =>
        {
            sent.SetResult();
            return never.Task;
        };
        TransferOrder[] orders = await OrdersAsync(3);
        Task<SettlementResult[]> lost = BatchAsync(orders);
        await sent.Task;
        await _world.RestartAsync();
        Assert.False(lost.IsCompletedSuccessfully);

        foreach (TransferOrder order in orders)
            Assert.Equal(SettlementState.Settled, (await Settler.Reconcile(order)).State);
        Assert.Equal(2ul, await SentAsync());
        Assert.Equal(4, await _world.Chain.TransfersOfAsync(_buyer.Address));
    }

    [Fact]
    public async Task Sixty_four_who_ask_for_one_among_many_get_one_transfer()
    {
        await StartAsync(maxBatch: 8, holdsFirst: false);
        TransferOrder wanted = await OrderAsync(_buyer);
        TransferOrder[] others = await OrdersAsync(32);

        Task<SettlementResult>[] asked = [.. others.SelectMany(other => new[] { SettleAsync(wanted), SettleAsync(other), SettleAsync(wanted) })];
        SettlementResult[] all = await Task.WhenAll(asked);

        Assert.All(all, result => Assert.Equal(SettlementState.Settled, result.State));
        Assert.Equal(33, await _world.Chain.TransfersOfAsync(_buyer.Address));
        Assert.Equal(33 * World.Price, await _world.Chain.BalanceAsync(_world.PayTo));
        Assert.All(_multicall.Sizes, size => Assert.InRange(size, 2, 8));
        Assert.True(await SentAsync() < 33);
    }

    [Fact]
    public async Task The_signature_of_a_contract_wallet_goes_alone()
    {
        await StartAsync(maxBatch: 2, holdsFirst: false);
        TransferOrder[] orders = await OrdersAsync(4);
        await Task.WhenAll(orders.Select(order => SettleAsync(order with { Signature = order.Signature + "00" })));
        Assert.Equal(4ul, await SentAsync());
        Assert.Empty(_multicall.Sizes);
    }

    /// <summary>A contract that is called may look at who calls it.</summary>
    [Fact]
    public async Task Calls_go_alone()
    {
        await StartAsync(maxBatch: 2, holdsFirst: false);
        TransferOrder[] orders = await OrdersAsync(4);
        SettlementResult[] ends = await Task.WhenAll(orders.Select(order => Settler.SettleCall(CallOf(order))));
        Assert.All(ends, end => Assert.Equal(SettlementState.Settled, end.State));
        Assert.Equal(4ul, await SentAsync());
        Assert.Empty(_multicall.Sizes);
    }

    private static CallOrder CallOf(TransferOrder order) => new()
    {
        Payment = $"eip155:84532/{order.Asset}/{order.From}/{order.Nonce}".ToLowerInvariant(), To = order.Asset, GasLimit = Eip3009Token.TransferGasLimit, ValidBefore = order.ValidBefore,
        Data = Convert.ToHexStringLower(Eip3009Token.EncodeTransferWithAuthorization(new SignedTransferAuthorization(
            Address.Parse(order.From), Address.Parse(order.To), UInt256.Parse(order.Value), order.ValidAfter, order.ValidBefore, Hash32.Parse(order.Nonce), Convert.FromHexString(order.Signature)))),
        Transfer = new ExpectedMove { Token = order.Asset, From = order.From, To = order.To, Value = order.Value },
        Nonce = new UsedNonce { Contract = order.Asset, Owner = order.From, Nonce = order.Nonce },
    };

    private ISettlerGrain Settler => _world.Grains.GetGrain<ISettlerGrain>(_world.Settlement.GrainKey);

    private async Task StartAsync(int maxBatch, int confirmations = 1, bool holdsFirst = true)
    {
        _world = await World.StartAsync(new WorldOptions { MaxBatch = maxBatch, Confirmations = confirmations, ConfirmationTimeout = TimeSpan.Zero });
        _world.Executors.Add("work", TestExecutor.Echo());
        await _world.DeclareAsync(World.Spec(_world));
        _multicall = new MulticallStandIn(_world, holdsFirst);
        _buyer = await _world.BuyerAsync();
    }

    /// <summary>All of them in one batch, while another transfer is on its way.</summary>
    private async Task<SettlementResult[]> BatchAsync(TransferOrder[] orders)
    {
        Task<SettlementResult> first = SettleAsync(await OrderAsync(_buyer));
        await _multicall.AloneCame;
        SettlementResult[] ends = await Task.WhenAll(orders.Select(SettleAsync));
        await first;
        return ends;
    }

    private Task<SettlementResult> SettleAsync(TransferOrder order) => Settler.Settle(order);

    private Task<ulong> SentAsync() => _world.Chain.Client.GetTransactionCountAsync(_world.Settlement.Address, BlockTag.Latest, default);

    private Task<TransferOrder[]> OrdersAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => OrderAsync(_buyer)));

    private async Task<TransferOrder> OrderAsync(TestBuyer buyer) => Of(await buyer.SignAsync());

    private TransferOrder Of(PaidRequest payment)
    {
        SignedTransferAuthorization terms = TestBuyer.AuthorizationOf(payment);
        return new TransferOrder
        {
            Asset = $"{_world.Chain.Token.Address}", From = $"{terms.From}", To = $"{terms.To}", Value = $"{terms.Value}", ValidAfter = terms.ValidAfter,
            ValidBefore = terms.ValidBefore, Nonce = $"{terms.Nonce}", Signature = Convert.ToHexStringLower(terms.Signature),
        };
    }
}
