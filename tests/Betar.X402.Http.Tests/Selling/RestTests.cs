using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Of what was paid before the work, the rest of what the work costs is owed, unless it is not worth a transaction.</summary>
public sealed class RestTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private AtomicAmount? _charge;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(
        app => app.MapPaid("/work", new PaidResource { Price = 50_000, Flow = PaymentFlow.Upfront }, (HttpContext context) =>
        {
            if (_charge is { } charge)
                context.Features.Get<ReceivedPayment>()!.SetCharge(charge);
            return "done";
        }));

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(0, "50000")]
    [InlineData(1, "49999")]
    [InlineData(49_000, "1000")]
    public async Task A_rest_is_owed_in_place_of_the_work(int charge, string rest)
    {
        _charge = (ulong)charge;
        using var sold = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal(("done", $"{charge}"), (await sold.Content.ReadAsStringAsync(), Assert.Single(sold.Headers.GetValues("Betar-Charged"))));
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
        Assert.Equal(rest, Assert.Single(_bench.Debts.Amounts));
    }

    [Theory]
    [InlineData(49_001)]
    [InlineData(50_000)]
    public async Task A_rest_that_is_not_worth_it_is_charged_too_and_that_is_said(int charge)
    {
        _charge = (ulong)charge;
        using var sold = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal("50000", Assert.Single(sold.Headers.GetValues("Betar-Charged")));
        Assert.Empty(_bench.Debts.All);
        Assert.Empty(_bench.Debts.Begun);
    }

    [Fact]
    public async Task Who_does_not_say_what_it_costs_keeps_all()
    {
        using var sold = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.False(sold.Headers.Contains("Betar-Charged"));
        Assert.Empty(_bench.Debts.All);
    }
}
