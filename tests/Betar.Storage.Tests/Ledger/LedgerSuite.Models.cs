using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>Random ledgers against what a list and a few sums say.</content>
public abstract partial class LedgerSuite
{
    private static readonly LedgerKind[][] Ways =
    [
        [Reserved], [Reserved, Refused], [Reserved, Settled], [Reserved, Settled, Delivered], [Reserved, Settled, RefundOwed],
        [Reserved, Settled, RefundOwed, Refunded],
    ];

    [Fact]
    public async Task Random_queries_agree_with_a_list()
    {
        var random = new Random(TestSeed.Value);
        var all = await FillAsync(random, 120);
        for (var round = 0; round < 150; round++)
        {
            var some = all[random.Next(all.Count)];
            var query = new LedgerQuery
            {
                Payment = Maybe(some.Payment), AgentId = random.Next(3) == 0 ? some.AgentId : null, Payer = Maybe(some.Payment.From),
                Nonce = Maybe(some.Payment.Nonce), Kind = Maybe(some.Kind), Since = Maybe(some.At), After = random.Next(3) == 0 ? some.Sequence : 0,
                Limit = random.Next(2) == 0 ? int.MaxValue : random.Next(1, 40), NewestFirst = random.Next(2) == 0,
            };
            var expected = (query.NewestFirst ? all.AsEnumerable().Reverse() : all).Where(entry => Matches(query, entry)).Take(query.Limit)
                .Select(entry => entry.Sequence).ToList();
            var found = await Sequences(query);
            Assert.True(expected.SequenceEqual(found),
                $"Seed {TestSeed.Value}, round {round}, {query}: [{string.Join(' ', found)}] instead of [{string.Join(' ', expected)}]");
        }

        T? Maybe<T>(T value)
            where T : struct => random.Next(3) == 0 ? value : null;
    }

    [Fact]
    public async Task Sums_of_random_orders_agree_with_a_plain_count()
    {
        var random = new Random(TestSeed.Value + 1);
        var all = await FillAsync(random, 150);
        var totals = await Ledger.TotalsAsync(default);
        Assert.True(totals.Conserved, $"Seed {TestSeed.Value + 1}");
        foreach (var asset in all.GroupBy(entry => (entry.Payment.Network, entry.Payment.Asset)))
        {
            var sums = totals.Assets.SingleOrDefault(sum => (sum.Network, sum.Asset) == asset.Key);
            var held = asset.GroupBy(entry => entry.Payment).Select(order => order.MaxBy(entry => entry.Index)!)
                .Where(last => last.Kind is Settled or RefundOwed).Aggregate(AtomicAmount.Zero, (sum, last) => sum + last.Amount);
            if (asset.All(entry => entry.Kind is Reserved or Refused))
            {
                Assert.Null(sums);
                continue;
            }

            Assert.Equal((Sum(asset, Settled), Sum(asset, Delivered), Sum(asset, Refunded), held),
                (sums!.In, sums.Delivered, sums.Refunded, sums.Held));
        }

        Assert.Equal((all.Select(entry => entry.Payment).Distinct().Count(), all.Count), (totals.Orders, totals.Entries));
        Assert.Equal(all.GroupBy(entry => entry.Payment).Where(order => !LedgerTransitions.IsEnd(order.Last().Kind)).OrderBy(order => order.First().Sequence)
            .Select(order => order.Key), await Ledger.OpenOrdersAsync(default));
        var report = await Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Equivalent(totals, report.Totals);

        static AtomicAmount Sum(IEnumerable<LedgerEntry> entries, LedgerKind kind) =>
            entries.Where(entry => entry.Kind == kind).Aggregate(AtomicAmount.Zero, (sum, entry) => sum + entry.Amount);
    }

    [Fact]
    public async Task Orders_that_many_callers_carry_on_at_once_each_come_to_one_end()
    {
        // Every step of every order is attempted by four callers; the index decides who has it.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (var order = 0; order < 30; order++)
            {
                LedgerKind[] way = [Reserved, Settled, (order + caller) % 2 == 0 ? Delivered : RefundOwed];
                for (var index = 0; index < way.Length; index++)
                    await Ledger.AppendAsync(TestOrders.Append(TestOrders.Payment(order), index, way[index], reference: $"caller {caller}"), default);
            }
        })));
        for (var order = 0; order < 30; order++)
        {
            var entries = await Ledger.ReadAsync(TestOrders.Payment(order), default);
            Assert.Equal([0, 1, 2], entries.Select(entry => entry.Index));
            Assert.Equal([Reserved, Settled], entries.Take(2).Select(entry => entry.Kind));
        }

        var report = await Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Equal((30L, 90L, (AtomicAmount)30_000), (report.Totals.Orders, report.Totals.Entries, report.Totals.In));
    }

    /// <summary>Orders of two networks, two assets, a few payers, nonces and agents; the clock goes on, and steps back at times.</summary>
    private async Task<List<LedgerEntry>> FillAsync(Random random, int orders)
    {
        var entries = new List<LedgerEntry>();
        var payments = new HashSet<PaymentKey>();
        while (payments.Count < orders)
        {
            var payment = new PaymentKey(random.Next(2) == 0 ? NetworkId.BaseSepolia : new NetworkId(31_337),
                random.Next(2) == 0 ? TestOrders.Usdc : TestOrders.Payer(99), TestOrders.Payer(random.Next(4)), TestOrders.NonceOf(random.Next(20)));
            if (!payments.Add(payment))
                continue;
            var way = Ways[random.Next(Ways.Length)];
            var amount = (ulong)random.Next(1, 1_000_000);
            var agent = $"agent{random.Next(3)}";
            for (var index = 0; index < way.Length; index++)
            {
                entries.Add(await Ledger.MustAppendAsync(TestOrders.Append(payment, index, way[index], amount, agent)));
                Time.Advance(TimeSpan.FromMilliseconds(random.Next(-50, 400)));
            }
        }

        return entries;
    }

    private static bool Matches(LedgerQuery query, LedgerEntry entry) =>
        (query.After == 0 || (query.NewestFirst ? entry.Sequence < query.After : entry.Sequence > query.After))
        && (query.Payment is null || entry.Payment == query.Payment) && (query.AgentId is null || entry.AgentId == query.AgentId)
        && (query.Payer is null || entry.Payment.From == query.Payer) && (query.Nonce is null || entry.Payment.Nonce == query.Nonce)
        && (query.Kind is null || entry.Kind == query.Kind) && (query.Since is null || entry.At >= query.Since);
}
