using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Settling;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Calls that no nonce of a payer's keeps from happening twice: a plain transfer out of the settling account.</summary>
public sealed class UnguardedCallTests
{
    private const ulong Amount = 5;

    [Fact]
    public async Task It_is_made_once_for_all_who_ask_and_found_again_by_the_next_process()
    {
        await using World world = await FundedAsync();
        SettlementRequest request = Request(world);
        SettlementOutcome[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Channel(world).SettleAsync(request, default)));
        Assert.All(all, outcome => Assert.Equal((SettlementStatus.Settled, all[0].Transaction), (outcome.Status, outcome.Transaction)));

        await world.RestartAsync();

        SettlementOutcome again = await Channel(world).SettleAsync(request, default);
        Assert.Equal((SettlementStatus.Settled, all[0].Transaction), (again.Status, again.Transaction));
        Assert.Equal(Amount, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task Two_orders_of_the_same_call_are_two_calls()
    {
        await using World world = await FundedAsync();
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(Request(world), default)).Status);
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(Request(world), default)).Status);
        Assert.Equal(2 * Amount, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task While_its_transaction_may_wait_nothing_is_sent_again()
    {
        await using World world = await FundedAsync();
        SettlementRequest request = Request(world);
        List<byte[]> sent = [];
        world.Between.Send = raw =>
        {
            sent.Add(raw.ToArray());
            return Task.FromResult(RpcOutcome.Unreachable<TransactionReceipt>());
        };
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);
        world.Between.Send = null;
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);

        RpcOutcome<TransactionReceipt> late = await world.Chain.Client.SendRawTransactionSyncAsync(Assert.Single(sent), TimeSpan.FromSeconds(10), default);

        SettlementOutcome found = await Channel(world).SettleAsync(request, default);
        Assert.Equal((SettlementStatus.Settled, late.Value.TransactionHash), (found.Status, found.Transaction));
        Assert.Equal(Amount, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task When_its_place_is_taken_by_another_transaction_it_is_sent_again()
    {
        await using World world = await FundedAsync();
        SettlementRequest request = Request(world);
        world.Between.Send = _ => Task.FromResult(RpcOutcome.Unreachable<TransactionReceipt>());
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);
        world.Between.Send = null;
        await world.SendFromSettlerAsync(new ContractCall(world.Chain.Token.Address, Eip3009Token.EncodeBalanceOf(world.PayTo), 100_000));

        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(Amount, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task What_its_contract_refuses_is_refused_and_not_sent()
    {
        await using World world = await FundedAsync(funds: Amount - 1);
        SettlementOutcome refused = await Channel(world).SettleAsync(Request(world), default);
        Assert.Equal(SettlementStatus.Refused, refused.Status);
        Assert.Contains("balance", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(0ul, await world.Chain.Client.GetTransactionCountAsync(world.Settlement.Address, BlockTag.Latest, default));
    }

    [Fact]
    public async Task A_chain_that_is_out_leaves_it_pending()
    {
        await using World world = await FundedAsync();
        SettlementRequest request = Request(world);
        await world.Chain.SetFaultAsync(new { kind = "outage" });
        Assert.Equal(SettlementStatus.Pending, (await Channel(world).SettleAsync(request, default)).Status);
        await world.Chain.HealAsync();
        Assert.Equal(SettlementStatus.Settled, (await Channel(world).SettleAsync(request, default)).Status);
        Assert.Equal(Amount, await world.Chain.BalanceAsync(world.PayTo));
    }

    private static async Task<World> FundedAsync(ulong funds = 100)
    {
        World world = (await World.WithAgentAsync(TestExecutor.Echo())).World;
        await world.Chain.FundAsync(world.Settlement.Address, funds);
        return world;
    }

    private static SettlerChannel Channel(World world) => new(world.Grains, world.Settlers);

    private static SettlementRequest Request(World world) => new()
    {
        Key = new PaymentKey(world.Settlement.Network, world.Chain.Token.Address, world.Settlement.Address, Nonce.Random()),
        Call = new ContractCall(world.Chain.Token.Address, Eip3009Token.EncodeTransfer(world.PayTo, Amount), 100_000),
        Transfer = new ExpectedTransfer(world.Chain.Token.Address, world.Settlement.Address, world.PayTo, Amount),
        ValidBefore = ulong.MaxValue,
    };
}
