using System.Net;
using Betar.X402.Facilitating;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>
/// A facilitator that settled, lost its answer, and does not know attempts: to it our repeat is a replay. The buyer has paid and gets what it
/// paid for, where the chain can be asked; and nothing for a payment that somebody else was served for.
/// </summary>
public sealed class ForeignFacilitatorTests
{
    private const string Used = "invalid_exact_evm_nonce_already_used";

    private int _runs;

    [Theory]
    [InlineData("/work")]
    [InlineData("/upfront")]
    public async Task What_our_own_lost_try_settled_is_answered(string path)
    {
        await using var bench = await StartAsync(asksChain: true);
        var payment = await bench.PaymentAsync(path);
        using var lost = await LoseAsync(bench, path, payment);

        using var again = await bench.SendAsync(path, payment);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (lost.StatusCode, again.StatusCode));
        Assert.Equal("good", await again.Content.ReadAsStringAsync());
        Assert.Matches("^0x[0-9a-f]{64}$", WebBench.Settlement(again)!.Transaction);
        Assert.Equal((1, 50_000, 0), (_runs, await bench.SellersMoneyAsync(), bench.Debts.All.Count));
    }

    [Fact]
    public async Task Where_the_chain_cannot_be_asked_a_used_nonce_is_refused()
    {
        await using var bench = await StartAsync(asksChain: false);
        var payment = await bench.PaymentAsync("/work");
        using var lost = await LoseAsync(bench, "/work", payment);

        using var again = await bench.SendAsync("/work", payment);

        Assert.Equal((HttpStatusCode.PaymentRequired, Used), (again.StatusCode, WebBench.Error(again)));
    }

    [Fact]
    public async Task A_nonce_that_was_used_before_this_request_came_buys_nothing()
    {
        await using var bench = await StartAsync(asksChain: true);
        var payment = await bench.PaymentAsync("/work");
        bench.Facilitator.Verifying = call => VerifyResponse.Valid(null);
        await SettleElsewhereAsync(bench, payment);

        using var response = await bench.SendAsync("/work", payment);

        Assert.Equal((HttpStatusCode.PaymentRequired, Used), (response.StatusCode, WebBench.Error(response)));
    }

    [Fact]
    public async Task A_facilitator_that_lies_about_a_used_nonce_gets_nothing_and_loses_nobody_a_payment()
    {
        await using var bench = await StartAsync(asksChain: true);
        var payment = await bench.PaymentAsync("/work");
        bench.Facilitator.Settling = call => SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        using var pending = await bench.SendAsync("/work", payment);
        bench.Facilitator.Settling = call => SettleResponse.Failed(Used, call.Requirement.Network) with { Transaction = "0x" + new string('1', 64) };

        using var response = await bench.SendAsync("/work", payment);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 0), (response.StatusCode, await bench.SellersMoneyAsync()));
        bench.Facilitator.Settling = null;
        using var honest = await bench.SendAsync("/work", payment);
        Assert.Equal((HttpStatusCode.OK, 1), (honest.StatusCode, _runs));
    }

    private Task<WebBench> StartAsync(bool asksChain) => WebBench.StartAsync(
        app =>
        {
            app.MapPaid("/work", 50_000, Work);
            app.MapPaid("/upfront", new PaidResource { Price = 50_000, Flow = PaymentFlow.Upfront }, Work);
        },
        asksChain: asksChain);

    private string Work()
    {
        Interlocked.Increment(ref _runs);
        return "good";
    }

    /// <summary>The facilitator settles and its answer is lost.</summary>
    private static async Task<HttpResponseMessage> LoseAsync(WebBench bench, string path, (string Name, string Value) payment)
    {
        bench.Facilitator.Settling = call => SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        var lost = await bench.SendAsync(path, payment);
        bench.Facilitator.Settling = null;
        await SettleElsewhereAsync(bench, payment);
        return lost;
    }

    private static async Task SettleElsewhereAsync(WebBench bench, (string Name, string Value) payment)
    {
        var read = WireCodec.ParsePaymentHeader(payment.Value).Value!;
        var settled = await bench.Facilitator.SettleAsync(new FacilitatorCall { Payment = read, Requirement = read.Accepted! }, "elsewhere", default);
        Assert.True(settled.Success, settled.ErrorReason);
    }
}
