using Betar.Cluster.Tests.Support;
using Betar.Grains.Selling;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Selling;

/// <summary>Payments whose nonce the payer chose, where a seller takes them.</summary>
public sealed class FirstUseTests
{
    [Fact]
    public async Task The_request_that_comes_first_has_the_payment()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        SalesDesk desk = world.NewDesk(allowFirstUse: true);
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignFirstUseAsync();

        X402Reply first = await buyer.PayAsync(payment, desk);
        X402Reply repeat = await buyer.PayAsync(payment, desk);
        X402Reply other = await buyer.PayAsync(payment with { Body = new TaskBody("other", World.Agent).Write() }, desk);

        Answers.Delivered(first, "did: work");
        Assert.Equal(Answers.Text(first), Answers.Text(repeat));
        Answers.Refused(other, StreamErrorCode.PaymentNonceUsed);
        Assert.Equal(1, executor.Starts);
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task Its_value_is_the_price_of_today()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignFirstUseAsync();
        await world.DeclareAsync(World.Spec(world, price: World.Price + 1));

        Answers.Refused(
            await buyer.PayAsync(payment, world.NewDesk(allowFirstUse: true)), StreamErrorCode.PaymentAmountWrong,
            "invalid_exact_evm_payload_authorization_value_mismatch");

        Assert.Equal(0, executor.Starts);
        await world.AssertEmptyAsync();
    }

    [Fact]
    public async Task It_is_off_unless_a_seller_turns_it_on()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();

        Answers.Refused(
            await buyer.PayAsync(await buyer.SignFirstUseAsync()), StreamErrorCode.PaymentInvalid, "betar_first_use_not_allowed");
        await world.AssertEmptyAsync();
    }
}
