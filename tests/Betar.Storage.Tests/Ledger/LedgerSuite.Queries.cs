using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>Filters, pages and clocks.</content>
public abstract partial class LedgerSuite
{
    [Fact]
    public async Task Queries_filter_by_each_field_and_by_all_together()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1, 1), 0, Reserved, agent: "a"));
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1, 2), 0, Reserved, agent: "b"));
        Time.Advance(TimeSpan.FromMinutes(1));
        var later = Time.GetUtcNow();
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2, 1), 0, Reserved, agent: "b"));
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1, 1), 1, Settled, agent: "a"));

        Assert.Equal([1, 2, 3, 4], await Sequences(LedgerQuery.All));
        Assert.Equal([1, 4], await Sequences(new LedgerQuery { Payment = TestOrders.Payment(1, 1) }));
        Assert.Equal([2, 3], await Sequences(new LedgerQuery { AgentId = "b" }));
        Assert.Equal([1, 3, 4], await Sequences(new LedgerQuery { Payer = TestOrders.Payer(1) }));
        Assert.Equal([1, 2, 4], await Sequences(new LedgerQuery { Nonce = TestOrders.NonceOf(1) }));
        Assert.Equal([4], await Sequences(new LedgerQuery { Kind = Settled }));
        Assert.Equal([3, 4], await Sequences(new LedgerQuery { Since = later }));
        Assert.Empty(await Sequences(new LedgerQuery { Since = later + TimeSpan.FromMilliseconds(1) }));
        Assert.Equal([2], await Sequences(new LedgerQuery { AgentId = "b", Nonce = TestOrders.NonceOf(1) }));
        Assert.Equal([4], await Sequences(new LedgerQuery
        {
            Payment = TestOrders.Payment(1, 1), AgentId = "a", Payer = TestOrders.Payer(1), Nonce = TestOrders.NonceOf(1), Kind = Settled, Since = later,
        }));
    }

    [Fact]
    public async Task Queries_page_by_sequence_in_both_directions()
    {
        for (var order = 1; order <= 7; order++)
            await Ledger.MustAppendAsync(TestOrders.Append(order, 0, Reserved));
        Assert.Equal([1, 2, 3], await Sequences(new LedgerQuery { Limit = 3 }));
        Assert.Equal([4, 5, 6], await Sequences(new LedgerQuery { Limit = 3, After = 3 }));
        Assert.Equal([7, 6], await Sequences(new LedgerQuery { Limit = 2, NewestFirst = true }));
        Assert.Equal([5, 4, 3, 2, 1], await Sequences(new LedgerQuery { NewestFirst = true, After = 6 }));
    }

    [Fact]
    public async Task A_clock_that_steps_back_hides_nothing_from_a_query_by_time()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        Time.Advance(TimeSpan.FromHours(1));
        var noon = Time.GetUtcNow();
        await Ledger.MustAppendAsync(TestOrders.Append(2, 0, Reserved));
        Time.Advance(TimeSpan.FromMinutes(-30));
        await Ledger.MustAppendAsync(TestOrders.Append(3, 0, Reserved));
        Time.Advance(TimeSpan.FromHours(1));
        await Ledger.MustAppendAsync(TestOrders.Append(4, 0, Reserved));
        Assert.Equal([2, 4], await Sequences(new LedgerQuery { Since = noon }));
        Assert.Equal([4, 2], await Sequences(new LedgerQuery { Since = noon, NewestFirst = true }));
        Assert.Equal([4], await Sequences(new LedgerQuery { Since = noon, After = 2 }));
        Assert.Equal([2], await Sequences(new LedgerQuery { Since = noon, After = 4, NewestFirst = true }));
    }

    [Fact]
    public async Task A_query_over_many_pages_misses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(1, 1_100).Select(order => Ledger.MustAppendAsync(TestOrders.Append(order, 0, Reserved))));
        Assert.Equal(Enumerable.Range(1, 1_100).Select(number => (long)number), await Sequences(LedgerQuery.All));
        Assert.Equal(Enumerable.Range(1, 1_100).Select(number => (long)number).Reverse(), await Sequences(new LedgerQuery { NewestFirst = true }));
        Assert.Equal(700, (await Sequences(new LedgerQuery { Limit = 700 })).Count);
    }

    private async Task<List<long>> Sequences(LedgerQuery query) => [.. (await Ledger.ListAsync(query)).Select(entry => entry.Sequence)];
}
