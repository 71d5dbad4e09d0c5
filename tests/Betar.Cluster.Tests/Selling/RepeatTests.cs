using Betar.Cluster.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Selling;

/// <summary>The same payment shown again.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    [InlineData(6 * 60)]
    [InlineData(23 * 60 * 60)]
    public async Task A_repeat_gets_the_stored_answer_byte_for_byte(int secondsLater)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        X402Reply first = await buyer.PayAsync(payment);

        world.Clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(Answers.Text(Answers.Delivered(first, "did: work")), Answers.Text(await buyer.PayAsync(payment)));
        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stored_answer_outlives_the_silos_and_the_quotes_keys(bool keysLost)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        X402Reply first = await buyer.PayAsync(payment);

        await world.RestartAsync();
        if (keysLost)
            world.ForgetQuotes();
        world.Clock.Advance(TimeSpan.FromHours(23));

        Assert.Equal(Answers.Text(first), Answers.Text(await buyer.PayAsync(payment)));
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task What_was_paid_for_can_be_fetched_after_the_agent_is_gone()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync(), unseen = await buyer.SignAsync();
        X402Reply first = await buyer.PayAsync(payment);

        Assert.True(await world.Fleet.Retire(World.Agent));

        Assert.Equal(Answers.Text(first), Answers.Text(await buyer.PayAsync(payment)));
        Answers.Refused(await buyer.PayAsync(unseen), StreamErrorCode.UnknownResource);
        Assert.Equal(1, executor.Starts);
        Assert.Empty(await world.KindsAsync(buyer.KeyOf(unseen)));
    }

    [Fact]
    public async Task A_stored_answer_outlives_a_new_price_and_a_new_payee()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        X402Reply first = await buyer.PayAsync(payment);

        await world.DeclareAsync(World.Spec(world, price: 7) with { PayTo = buyer.Address.ToString() });

        Assert.Equal(Answers.Text(first), Answers.Text(await buyer.PayAsync(payment)));
    }

    [Theory]
    [InlineData(61, StreamErrorCode.PaymentInvalid, "invalid_exact_evm_payload_authorization_valid_before")]
    [InlineData(6 * 60, StreamErrorCode.PaymentNonceExpired, "betar_challenge_expired")]
    [InlineData(23 * 60 * 60, StreamErrorCode.PaymentNonceExpired, "betar_challenge_expired")]
    public async Task A_stale_payment_that_nobody_knows_is_refused_with_its_reason(int secondsLater, StreamErrorCode code, string reason)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        world.Clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Answers.Refused(await buyer.PayAsync(payment), code, reason);
        Assert.Equal(0, executor.Starts);
        await world.AssertEmptyAsync();
    }

    [Fact]
    public async Task The_same_nonce_of_two_payers_is_two_payments()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer one = await world.BuyerAsync("peer-a"), two = await world.BuyerAsync("peer-a");
        PaymentRequired quote = Assert.IsType<PaymentRequired>(await one.AskAsync(World.Agent, "work", "same"));
        PaidRequest first = one.Sign(quote, "work"), second = two.Sign(quote, "work");
        Assert.Equal(one.KeyOf(first).Nonce, two.KeyOf(second).Nonce);

        X402Response a = Answers.Delivered(await one.PayAsync(first), "did: work");
        X402Response b = Answers.Delivered(await two.PayAsync(second), "did: work");

        Assert.NotEqual(a.PaymentId, b.PaymentId);
        Assert.Equal(2, executor.Starts);
        Assert.Equal(2 * World.Price, await world.Chain.BalanceAsync(world.PayTo));
        await world.AssertTotalsAsync(2 * World.Price, 2 * World.Price, 0);
    }

    [Theory]
    [InlineData("body")]
    [InlineData("peer")]
    [InlineData("correlation")]
    public async Task A_payment_shown_for_another_request_is_a_conflict_and_never_runs(string changed)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");

        X402Reply reply = changed switch
        {
            "body" => await buyer.PayAsync(payment with { Body = new TaskBody("other work", World.Agent).Write() }),
            "peer" => await buyer.PayAsync(payment, fromPeer: "peer-b"),
            _ => await buyer.PayAsync(payment with { CorrelationId = "another" }),
        };

        Answers.Refused(reply, StreamErrorCode.PaymentNonceUsed);
        Assert.Equal(1, executor.Starts);
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task A_payment_for_one_agent_buys_nothing_from_another()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world, "did:test:other"));
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        PaidRequest turned = payment with { Body = new TaskBody("work", "did:test:other").Write() };

        Answers.Refused(await buyer.PayAsync(turned), StreamErrorCode.PaymentNonceMismatch, "betar_challenge_mismatch");
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Answers.Refused(await buyer.PayAsync(turned), StreamErrorCode.PaymentNonceUsed);
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task A_stranger_who_saw_a_payment_gets_nothing_without_its_signature()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync(), stranger = await world.BuyerAsync("peer-b", funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        PaidRequest forged = payment with
        {
            Payment = payment.Payment! with { Payload = payment.Payment.Payload! with { Signature = stranger.SignatureOver(payment) } },
        };

        Answers.Refused(await buyer.PayAsync(forged), StreamErrorCode.PaymentInvalid, "invalid_exact_evm_signature");
    }
}
