using Betar.Sdk.Buying;
using Betar.Sdk.Selling;
using Betar.Sdk.Testing;

namespace Betar.Sdk.Tests.Testing;

public sealed class BetarTestHostTests
{
    [Fact]
    public async Task A_handler_is_bought_and_counted()
    {
        using BetarTestHost host = Host();

        BetarResult<Purchase> bought = await host.Client.ExecuteAsync("shout", "hello");

        Assert.Equal(("HELLO", "1000", "Delivered"), (bought.OrThrow().Output, bought.Value!.AmountAtomic, bought.Value.Stage));
        Assert.Equal("1000", host.SpentAtomic);
    }

    [Fact]
    public async Task The_same_purchase_runs_and_pays_once()
    {
        int runs = 0;
        using var host = new BetarTestHost();
        host.Map("count", "1", (_, _) => ValueTask.FromResult<AgentAnswer>($"{++runs}"));
        var options = new ExecuteOptions { PurchaseId = "p" };

        Purchase[] bought = [(await host.Client.ExecuteAsync("count", "", options)).OrThrow(), (await host.Client.ExecuteAsync("count", "", options)).OrThrow()];

        Assert.Equal(bought[0], bought[1]);
        Assert.Equal((1, "1000000"), (runs, host.SpentAtomic));
    }

    [Fact]
    public async Task A_failure_is_a_refusal_and_costs_nothing()
    {
        using BetarTestHost host = Host();

        BetarResult<Purchase> failed = await host.Client.ExecuteAsync("fail", "");

        Assert.Equal(("BTR-4002", "Not today."), (failed.Refusal!.Code, failed.Refusal.Message));
        Assert.Equal("0", host.SpentAtomic);
    }

    [Fact]
    public async Task A_handler_that_throws_gives_the_money_back_and_shows_its_bug()
    {
        using var host = new BetarTestHost();
        host.Map("bug", "1", (_, _) => throw new InvalidOperationException("a bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.ExecuteAsync("bug", ""));

        Assert.Equal("0", host.SpentAtomic);
    }

    [Fact]
    public async Task More_than_the_most_is_not_paid()
    {
        using BetarTestHost host = Host();

        BetarResult<Purchase> refused = await host.Client.ExecuteAsync("shout", "x", new ExecuteOptions { MaxUsdc = "0.000999" });

        Assert.Equal("BTR-3012", refused.Refusal!.Code);
        Assert.Equal("0", host.SpentAtomic);
    }

    [Fact]
    public async Task The_most_itself_is_paid()
    {
        using BetarTestHost host = Host();

        Assert.True((await host.Client.ExecuteAsync("shout", "x", new ExecuteOptions { MaxUsdc = "0.001" })).IsOk);
    }

    [Fact]
    public async Task A_spent_budget_ends_buying()
    {
        using var host = new BetarTestHost("0.0015");
        host.Map("shout", "0.001", (work, _) => ValueTask.FromResult<AgentAnswer>(work.Input));

        Assert.True((await host.Client.ExecuteAsync("shout", "x")).IsOk);
        Assert.Equal("BTR-3014", (await host.Client.ExecuteAsync("shout", "x")).Refusal!.Code);
        Assert.Equal("1000", host.SpentAtomic);
    }

    [Fact]
    public async Task An_unknown_agent_is_refused()
    {
        using BetarTestHost host = Host();

        Assert.Equal("BTR-4001", (await host.Client.ExecuteAsync("nobody", "")).Refusal!.Code);
        Assert.Equal("BTR-4001", (await host.Client.QuoteAsync("nobody")).Refusal!.Code);
    }

    [Fact]
    public async Task A_receipt_is_found_again_and_an_unknown_one_is_not()
    {
        using BetarTestHost host = Host();
        Purchase bought = (await host.Client.ExecuteAsync("shout", "a")).OrThrow();

        Assert.Equal(bought, (await host.Client.ReceiptAsync(bought.PurchaseId)).OrThrow());
        Assert.False((await host.Client.ReceiptAsync("other")).IsOk);
    }

    [Fact]
    public async Task Agents_are_found_by_words_and_quoted()
    {
        using BetarTestHost host = Host();

        Assert.Equal(["shout", "fail"], (await host.Client.DiscoverAsync(new AgentQuery())).OrThrow().Select(agent => agent.Name));
        Assert.Equal(["shout"], (await host.Client.DiscoverAsync(new AgentQuery { Text = "LOUD" })).OrThrow().Select(agent => agent.Name));
        Assert.Equal("1000", (await host.Client.QuoteAsync("shout")).OrThrow().PriceAtomic);
    }

    [Fact]
    public void A_budget_that_is_no_amount_is_a_mistake_of_the_test() => Assert.Throws<ArgumentException>(() => new BetarTestHost("ten"));

    private static BetarTestHost Host() => new BetarTestHost()
        .Map("shout", "0.001", (work, _) => ValueTask.FromResult<AgentAnswer>(work.Input.ToUpperInvariant()), agent => agent.Description = "a loud one")
        .Map("fail", "0.002", (_, _) => ValueTask.FromResult(AgentAnswer.Failed("Not today.")));
}
