using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>Orders in pages, as lists and exports read them.</content>
public abstract partial class LedgerSuite
{
    [Fact]
    public async Task Orders_come_newest_first_each_with_its_last_entry()
    {
        await Ledger.RunAsync(1, Reserved, Settled, Delivered);
        await Ledger.RunAsync(2, Reserved);
        await Ledger.RunAsync(3, Reserved, Refused);
        await Ledger.MustAppendAsync(TestOrders.Append(2, 1, Settled));
        Assert.Equal(["3 Refused", "2 Settled", "1 Delivered"], await Lines(new OrderQuery()));
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended_also_when_more_was_sold_meanwhile()
    {
        for (var order = 1; order <= 5; order++)
            await Ledger.RunAsync(order, Reserved, Settled, Delivered);
        var first = await Ledger.PageAsync(new OrderQuery { Limit = 2 }, default);
        await Ledger.RunAsync(6, Reserved);
        var second = await Ledger.PageAsync(new OrderQuery { Limit = 2, After = first[^1].Cursor }, default);
        var third = await Ledger.PageAsync(new OrderQuery { Limit = 2, After = second[^1].Cursor }, default);
        Assert.Equal([5, 4, 3, 2, 1], first.Concat(second).Concat(third).Select(line => Number(line.Last)));
    }

    [Theory]
    [InlineData(Reserved, "1 Reserved")]
    [InlineData(Settled, "2 Settled")]
    [InlineData(Delivered, "6 Delivered", "3 Delivered")]
    [InlineData(RefundOwed, "7 RefundOwed")]
    [InlineData(Refunded, "4 Refunded")]
    [InlineData(Refused, "5 Refused")]
    public async Task A_state_finds_those_that_are_there_now(LedgerKind state, params string[] expected)
    {
        await Ledger.RunAsync(1, Reserved);
        await Ledger.RunAsync(2, Reserved, Settled);
        await Ledger.RunAsync(3, Reserved, Settled, Delivered);
        await Ledger.RunAsync(4, Reserved, Settled, RefundOwed, Refunded);
        await Ledger.RunAsync(5, Reserved, Refused);
        await Ledger.RunAsync(6, Reserved, Settled, Delivered);
        await Ledger.RunAsync(7, Reserved, Settled, RefundOwed);
        Assert.Equal(expected, await Lines(new OrderQuery { State = state }));
        var page = await Ledger.PageAsync(new OrderQuery { State = state, Limit = 1 }, default);
        Assert.Equal(expected[1..], await Lines(new OrderQuery { State = state, After = page[0].Cursor }));
    }

    [Fact]
    public async Task Orders_are_found_by_agent_payer_and_time()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1, 1), 0, Reserved, agent: "a"));
        Time.Advance(TimeSpan.FromMinutes(1));
        var second = Time.GetUtcNow();
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2, 2), 0, Reserved, agent: "b"));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(3, 1), 0, Reserved, agent: "b"));
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(3, 1), 1, Refused, agent: "b"));

        Assert.Equal(["1 Reserved"], await Lines(new OrderQuery { AgentId = "a" }));
        Assert.Equal(["3 Refused", "2 Reserved"], await Lines(new OrderQuery { AgentId = "b" }));
        Assert.Equal(["3 Refused", "1 Reserved"], await Lines(new OrderQuery { Payer = TestOrders.Payer(1) }));
        Assert.Equal(["3 Refused", "2 Reserved"], await Lines(new OrderQuery { Since = second }));
        Assert.Equal(["1 Reserved"], await Lines(new OrderQuery { Until = second }));
        Assert.Equal(["2 Reserved"], await Lines(new OrderQuery { State = Reserved, AgentId = "b" }));
        Assert.Equal(["2 Reserved"], await Lines(new OrderQuery { State = Reserved, Since = second, Until = second + TimeSpan.FromMilliseconds(1) }));
        Assert.Equal(["3 Refused"], await Lines(new OrderQuery { State = Refused, AgentId = "b", Payer = TestOrders.Payer(1) }));
        Assert.Empty(await Lines(new OrderQuery { State = Refused, AgentId = "a" }));
        Assert.Empty(await Lines(new OrderQuery { State = Reserved, Payer = TestOrders.Payer(9) }));
    }

    [Fact]
    public async Task A_clock_that_steps_back_hides_nothing_that_is_older()
    {
        await Ledger.RunAsync(1, Reserved);
        var noon = Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        Time.Advance(TimeSpan.FromHours(1));
        await Ledger.RunAsync(2, Reserved);
        Time.Advance(TimeSpan.FromHours(-2));
        await Ledger.RunAsync(3, Reserved);
        Assert.Equal(["3 Reserved", "1 Reserved"], await Lines(new OrderQuery { Until = noon }));
        Assert.Equal(["2 Reserved"], await Lines(new OrderQuery { Since = noon }));
    }

    [Fact]
    public async Task Lists_carry_no_bodies()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, body: [1, 2, 3]));
        Assert.True((await Ledger.PageAsync(new OrderQuery(), default))[0].Last.Body.IsEmpty);
        Assert.True((await Ledger.PageAsync(new OrderQuery { State = Reserved }, default))[0].Last.Body.IsEmpty);
        Assert.True(Assert.Single(await Ledger.StepsAsync(TestOrders.Payment(1), default)).Body.IsEmpty);
        Assert.Equal(3, Assert.Single(await Ledger.ReadAsync(TestOrders.Payment(1), default)).Body.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public Task A_page_without_bounds_is_a_bug(int limit) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ledger.PageAsync(new OrderQuery { Limit = limit }, default));

    private async Task<IEnumerable<string>> Lines(OrderQuery query) =>
        (await Ledger.PageAsync(query, default)).Select(line => $"{Number(line.Last)} {line.Last.Kind}");

    private static int Number(LedgerEntry entry) => Enumerable.Range(1, 9).Single(number => TestOrders.NonceOf(number) == entry.Payment.Nonce);
}
