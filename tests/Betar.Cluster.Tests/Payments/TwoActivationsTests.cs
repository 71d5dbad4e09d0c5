using System.Text.Json;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Abstractions.Results;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Even a real cluster may run two activations of one key for a moment: then the ledger decides who goes on.</summary>
public sealed class TwoActivationsTests
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_did_not_write_settled_itself_does_not_start_the_work_unless_it_may_be_repeated(bool idempotent)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        world.Ledger.LoseRaceOnce(LedgerKind.Settled);

        X402Reply end = await buyer.BuyAsync();

        if (idempotent)
            Answers.Delivered(end, "did: work");
        else
            Answers.Refused(end, StreamErrorCode.ExecutionFailed);
        Assert.Equal(idempotent ? 1 : 0, executor.Starts);
        await world.AssertTotalsAsync(World.Price, idempotent ? World.Price : 0, idempotent ? 0 : World.Price);
    }

    [Theory]
    [InlineData(LedgerKind.Reserved)]
    [InlineData(LedgerKind.Delivered)]
    public async Task Who_comes_second_gives_the_answer_that_is_written(LedgerKind kind)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Ledger.LoseRaceOnce(kind);

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");

        Assert.Equal(1, executor.Starts);
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered], await world.KindsAsync(buyer.KeyOf(payment)));
    }

    [Theory]
    [InlineData(LedgerKind.RefundOwed)]
    [InlineData(LedgerKind.Refunded)]
    public async Task Two_refunds_of_one_payment_are_one(LedgerKind kind)
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("No."));
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        world.Ledger.LoseRaceOnce(kind);

        Answers.Refused(await buyer.BuyAsync(), StreamErrorCode.ExecutionFailed);

        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        Assert.Equal(1, await world.Chain.TransfersOfAsync(world.Refunds.Address));
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }

    [Fact]
    public async Task Two_refusals_of_one_payment_are_one()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.CancelAsync(buyer.Key, buyer.KeyOf(payment).Nonce.Value);
        world.Ledger.LoseRaceOnce(LedgerKind.Refused);

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_nonce_already_used");

        Assert.Equal([LedgerKind.Reserved, LedgerKind.Refused], await world.KindsAsync(buyer.KeyOf(payment)));
    }

    [Theory]
    [InlineData(LedgerKind.Reserved)]
    [InlineData(LedgerKind.Settled)]
    [InlineData(LedgerKind.Delivered)]
    public async Task What_the_ledger_does_not_take_stops_the_sale_and_the_repeat_ends_it(LedgerKind kind)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent: true));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Ledger.RefuseOnce(kind, AppendStatus.Closed);

        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        Assert.DoesNotContain(kind, await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(kind == LedgerKind.Delivered ? 1 : 0, executor.Starts);

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_known_payment_for_another_request_or_from_another_peer_is_a_conflict(bool restarted)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        PaidOrder order = await StoredAsync(world, buyer.KeyOf(payment));

        foreach (PaidOrder other in new[] { order with { Fingerprint = "0x" + new string('0', 64) }, order with { Peer = "peer-b" } })
        {
            if (restarted)
                await world.RestartAsync();
            PaymentAnswer answer = await world.Grains.GetGrain<IPaymentSessionGrain>(buyer.KeyOf(payment).ToString()).Pay(other, ifNew: null);
            Assert.Equal((PaymentEnd.Refused, RefusalCodes.PaymentConflict, ""), (answer.End, answer.Code, answer.Output));
        }

        Assert.Equal(1, executor.Starts);
        Assert.Equal(3, (await world.KindsAsync(buyer.KeyOf(payment))).Length);
    }

    [Fact]
    public async Task A_session_that_never_had_a_payment_has_nothing_to_resume()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();

        PaymentAnswer answer = await world.Grains.GetGrain<IPaymentSessionGrain>(buyer.KeyOf(await buyer.SignAsync()).ToString()).Resume();

        Assert.Equal((PaymentEnd.Refused, RefusalCodes.PaymentInvalid), (answer.End, answer.Code));
        await world.AssertEmptyAsync();
    }

    private static async Task<PaidOrder> StoredAsync(World world, PaymentKey payment)
    {
        LedgerEntry reserved = (await world.Ledger.ReadAsync(payment, default))[0];
        using JsonDocument body = JsonDocument.Parse(reserved.Body);
        return body.RootElement.GetProperty("order").Deserialize<PaidOrder>(s_json)!;
    }
}
