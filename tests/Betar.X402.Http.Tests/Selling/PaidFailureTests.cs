using System.Net;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Selling;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Nothing is charged for nothing, and nothing is given for nothing, whatever breaks.</summary>
public sealed class PaidFailureTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;
    private Func<IResult> _work = () => Results.Text("good");

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(
        app =>
        {
            app.MapPaid("/work", 50_000, Work);
            app.MapPaid("/upfront", new PaidResource { Price = 50_000, Flow = PaymentFlow.Upfront }, Work);
            app.MapPaid("/again", new PaidResource { Price = 50_000, Flow = PaymentFlow.Upfront, MayRepeat = true }, Work);
        },
        options => new SellerOptions { PayTo = options.PayTo, MaxAnswerLength = 1000, MaxRequestLength = 1000 });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_handler_that_fails_is_not_paid_and_the_payment_is_still_good(int status)
    {
        var payment = await _bench.PaymentAsync("/work");
        _work = () => Results.Text("sorry", statusCode: status);

        using var failed = await _bench.SendAsync("/work", payment);
        _work = () => Results.Text("good");
        using var again = await _bench.SendAsync("/work", payment);

        Assert.Equal((status, "sorry", null), ((int)failed.StatusCode, await failed.Content.ReadAsStringAsync(), WebBench.Settlement(failed)));
        Assert.Equal("good", await again.Content.ReadAsStringAsync());
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_is_not_paid_and_the_payment_is_still_good()
    {
        var payment = await _bench.PaymentAsync("/work");
        _work = () => throw new InvalidOperationException("broken");

        using var failed = await _bench.SendAsync("/work", payment);
        Assert.Equal((HttpStatusCode.InternalServerError, 0), (failed.StatusCode, await _bench.SellersMoneyAsync()));
        _work = () => Results.Text("good");
        using var again = await _bench.SendAsync("/work", payment);

        Assert.Equal("good", await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_not_settled_is_not_given()
    {
        _bench.Facilitator.Settling = call => SettleResponse.Failed("invalid_exact_evm_insufficient_balance", call.Requirement.Network);

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal((HttpStatusCode.PaymentRequired, "invalid_exact_evm_insufficient_balance"), (response.StatusCode, WebBench.Error(response)));
        Assert.False(WebBench.Settlement(response)!.Success);
        Assert.DoesNotContain("good", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_settlement_is_asked_for_again_without_working_again()
    {
        var payment = await _bench.PaymentAsync("/work");
        _bench.Facilitator.Settling = call => SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        using var pending = await _bench.SendAsync("/work", payment);
        _bench.Facilitator.Settling = null;
        _bench.Time.Advance(TimeSpan.FromSeconds(10));

        using var settled = await _bench.SendAsync("/work", payment);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (pending.StatusCode, pending.Headers.RetryAfter!.ToString()));
        Assert.True(WebBench.Settlement(pending)!.IsPending);
        Assert.Equal("good", await settled.Content.ReadAsStringAsync());
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
        Assert.Single(_bench.Facilitator.Attempts.Distinct());
    }

    [Fact]
    public async Task A_facilitator_that_breaks_leaves_the_payment_with_its_request()
    {
        var payment = await _bench.PaymentAsync("/work");
        _bench.Facilitator.Settling = _ => throw new InvalidOperationException("broken");
        using var broken = await _bench.SendAsync("/work", payment);
        _bench.Facilitator.Settling = null;

        using var other = await _bench.SendAsync("/work?x", payment);
        using var settled = await _bench.SendAsync("/work", payment);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.Conflict), (broken.StatusCode, other.StatusCode));
        Assert.Equal(("good", 1), (await settled.Content.ReadAsStringAsync(), _runs));
    }

    [Theory]
    [InlineData("invalid_exact_evm_insufficient_balance", HttpStatusCode.PaymentRequired)]
    [InlineData("permit2_allowance_required", HttpStatusCode.PreconditionFailed)]
    public async Task What_the_facilitator_refuses_is_refused(string reason, HttpStatusCode status)
    {
        _bench.Facilitator.Verifying = _ => VerifyResponse.Invalid(reason);

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal((status, reason, 0), (response.StatusCode, WebBench.Error(response), _runs));
    }

    [Fact]
    public async Task An_old_payment_is_refused()
    {
        var payment = await _bench.PaymentAsync("/work");
        _bench.Time.Advance(TimeSpan.FromMinutes(2));

        using var response = await _bench.SendAsync("/work", payment);

        Assert.Equal("invalid_exact_evm_payload_authorization_valid_before", WebBench.Error(response));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_paid()
    {
        _work = () => Results.Text(new string('x', 1001));
        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));
        _work = () => Results.Text(new string('x', 1000));
        using var fits = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (response.StatusCode, fits.StatusCode));
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_not_paid()
    {
        using var response = await _bench.SendAsync(HttpMethod.Post, "/work", new string('x', 1001), await _bench.PaymentAsync("/work"));
        using var fits = await _bench.SendAsync(HttpMethod.Post, "/work", new string('x', 1000), await _bench.PaymentAsync("/work"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.OK, 1), (response.StatusCode, fits.StatusCode, _runs));
    }

    [Fact]
    public async Task Upfront_the_money_comes_before_the_work()
    {
        var before = -1;
        _work = () =>
        {
            before = _bench.SellersMoneyAsync().GetAwaiter().GetResult();
            Assert.Single(_bench.Debts.Begun);
            return Results.Text("good");
        };

        using var response = await _bench.SendAsync("/upfront", await _bench.PaymentAsync("/upfront"));

        Assert.Equal(("good", 50_000, 0, 0), (await response.Content.ReadAsStringAsync(), before, _bench.Debts.All.Count, _bench.Debts.Begun.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upfront_a_handler_that_fails_leaves_a_debt_and_is_not_begun_again(bool throws)
    {
        var payment = await _bench.PaymentAsync("/upfront");
        _work = () => throws ? throw new InvalidOperationException("broken") : Results.Text("sorry", statusCode: 500);

        using var failed = await _bench.SendAsync("/upfront", payment);
        using var again = await _bench.SendAsync("/upfront", payment);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (failed.StatusCode, again.StatusCode));
        Assert.True(WebBench.Settlement(again)!.Success);
        Assert.Equal((1, "/upfront"), (_runs, Assert.Single(_bench.Debts.All).Resource));
    }

    [Fact]
    public async Task Upfront_work_that_a_crash_interrupted_is_owed_and_not_begun_again()
    {
        using var response = await InterruptedAsync("/upfront");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal((0, 1, 50_000), (_runs, _bench.Debts.All.Count, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task Upfront_work_that_may_be_repeated_is_finished_after_a_crash()
    {
        using var response = await InterruptedAsync("/again");

        Assert.Equal(("good", 1, 50_000), (await response.Content.ReadAsStringAsync(), _runs, await _bench.SellersMoneyAsync()));
        Assert.Equal((0, 0), (_bench.Debts.All.Count, _bench.Debts.Begun.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upfront_work_that_failed_stays_begun_until_it_is_owed(bool throws)
    {
        _work = () => throws ? throw new InvalidOperationException("broken") : Results.Text("sorry", statusCode: 500);

        using var failed = await _bench.SendAsync("/upfront", await _bench.PaymentAsync("/upfront"));

        Assert.Equal((1, 1), (_bench.Debts.All.Count, _bench.Debts.Begun.Count));
    }

    [Fact]
    public async Task Upfront_a_pending_settlement_is_asked_for_again_and_then_worked_for()
    {
        var payment = await _bench.PaymentAsync("/upfront");
        _bench.Facilitator.Settling = call => SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        using var pending = await _bench.SendAsync("/upfront", payment);
        Assert.Equal(0, _runs);
        _bench.Facilitator.Settling = null;

        using var settled = await _bench.SendAsync("/upfront", payment);

        Assert.Equal(("good", 1, 50_000), (await settled.Content.ReadAsStringAsync(), _runs, await _bench.SellersMoneyAsync()));
    }

    private static Betar.Ethereum.Address SellerAsset => Betar.X402.Networks.PaymentAsset.BaseSepoliaUsdc.Address;

    /// <summary>A process that died after it had begun the work, and its buyer who asks again.</summary>
    private async Task<HttpResponseMessage> InterruptedAsync(string path)
    {
        var payment = await _bench.PaymentAsync(path);
        var read = WireCodec.ParsePaymentHeader(payment.Value).Value!;
        _bench.Facilitator.Settling = call => SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        using var pending = await _bench.SendAsync(path, payment);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, pending.StatusCode);
        _bench.Facilitator.Settling = null;
        var key = new PaymentKey(
            NetworkId.BaseSepolia, SellerAsset, Betar.Ethereum.Address.Parse(Vectors.Payer),
            Nonce.Parse(read.Payload.GetProperty("authorization").GetProperty("nonce").GetString()!));
        await _bench.Store.PrepareAsync(key, new StoredAnswer(500, [], default), default);
        return await _bench.SendAsync(path, payment);
    }

    private IResult Work()
    {
        Interlocked.Increment(ref _runs);
        return _work();
    }
}
