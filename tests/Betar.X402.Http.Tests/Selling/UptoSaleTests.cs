using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>What was used is charged when the work is done: never more than was signed for, never for nothing, and the same after any crash.</summary>
public sealed class UptoSaleTests : IDisposable
{
    private readonly UptoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(49_999)]
    [InlineData(50_000)]
    [InlineData(0)]
    public async Task The_handler_says_what_is_charged_although_others_pay_first(int charge)
    {
        string payment = await _bench.SignAsync();
        var sold = await _bench.SendAsync(payment, context => WorkAsync(context, (ulong)charge));

        Assert.Equal((200, "done"), (sold.Status, sold.Body));
        Assert.Equal([$"{charge}"], _bench.Settled);
        Assert.Equal($"{charge}", sold.Headers["Betar-Charged"]);
        Assert.Equal((true, $"{charge}"), (UptoBench.Settlement(sold.Headers)!.Success, UptoBench.Settlement(sold.Headers)!.Amount));
    }

    [Fact]
    public async Task What_the_handler_does_not_say_is_all_of_it()
    {
        await _bench.SendAsync(await _bench.SignAsync(), context => context.Response.WriteAsync("done"));
        Assert.Equal(["50000"], _bench.Settled);
    }

    [Fact]
    public async Task A_handlers_own_header_charges_nothing_and_is_not_shown()
    {
        var sold = await _bench.SendAsync(await _bench.SignAsync(), context =>
        {
            context.Response.Headers["betar-charged"] = "7";
            return WorkAsync(context, 9);
        });

        Assert.Equal(["9"], _bench.Settled);
        Assert.Equal("9", sold.Headers["Betar-Charged"].ToString());
    }

    [Fact]
    public async Task The_handler_sees_who_pays_and_how_and_cannot_charge_more()
    {
        ReceivedPayment? seen = null;
        await _bench.SendAsync(await _bench.SignAsync(), context =>
        {
            seen = context.Features.Get<ReceivedPayment>();
            Assert.Throws<ArgumentOutOfRangeException>(() => seen!.SetCharge(UptoBench.Most + 1));
            return WorkAsync(context, 3);
        });

        Assert.Equal(("upto", true, (AtomicAmount)UptoBench.Most, (AtomicAmount?)3), (seen!.Scheme, seen.IsChargedAfterwards, seen.Amount, seen.Charge));
        Assert.Equal(["3"], _bench.Settled);
    }

    [Theory]
    [InlineData(422)]
    [InlineData(502)]
    public async Task Work_that_fails_costs_nothing_and_the_payment_stays_good(int status)
    {
        string payment = await _bench.SignAsync();
        var failed = await _bench.SendAsync(payment, context =>
        {
            context.Response.StatusCode = status;
            return WorkAsync(context, 5);
        });
        Assert.Equal((status, 0), (failed.Status, _bench.Settled.Count));

        var again = await _bench.SendAsync(payment, context => WorkAsync(context, 6));
        Assert.Equal((200, "6"), (again.Status, Assert.Single(_bench.Settled)));
    }

    [Fact]
    public async Task A_settlement_that_is_silent_is_asked_for_again_with_the_same_charge_and_without_the_work()
    {
        _bench.Answers.Enqueue(SettleResponse.Failed(WireReasons.SettlementPending, "eip155:84532"));
        string payment = await _bench.SignAsync();

        var silent = await _bench.SendAsync(payment, context => WorkAsync(context, 11));
        var again = await _bench.SendAsync(payment, context => WorkAsync(context, 12));

        Assert.Equal((503, 200, "done"), (silent.Status, again.Status, again.Body));
        Assert.Equal((1, "11,11"), (_bench.Runs, string.Join(',', _bench.Settled)));
    }

    [Fact]
    public async Task A_settlement_that_fails_after_the_work_leaves_the_buyer_without_answer_and_the_seller_without_money()
    {
        _bench.Answers.Enqueue(SettleResponse.Failed("permit2_insufficient_balance", "eip155:84532"));
        var refused = await _bench.SendAsync(await _bench.SignAsync(), context => WorkAsync(context, 11));

        Assert.Equal(402, refused.Status);
        Assert.DoesNotContain("done", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_gets_the_same_answer_and_is_not_charged_again()
    {
        string payment = await _bench.SignAsync();
        var first = await _bench.SendAsync(payment, context => WorkAsync(context, 11));
        var second = await _bench.SendAsync(payment, context => WorkAsync(context, 12));

        Assert.Equal((first.Body, first.Headers["Betar-Charged"]), (second.Body, second.Headers["Betar-Charged"]));
        Assert.Equal((1, 1), (_bench.Runs, _bench.Settled.Count));
    }

    private static Task WorkAsync(HttpContext context, AtomicAmount charge)
    {
        context.Features.Get<ReceivedPayment>()!.SetCharge(charge);
        return context.Response.WriteAsync("done");
    }
}
