using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>The edges: the longest that is taken, the first that is not, and what has room for everything.</content>
public abstract partial class LedgerSuite
{
    [Fact]
    public async Task The_longest_texts_and_the_largest_body_are_kept_whole()
    {
        var append = TestOrders.Append(TestOrders.Payment(1), 0, Reserved) with
        {
            AgentId = new string('ä', 2_048),
            Reference = string.Concat(Enumerable.Repeat("\U0001F4B0", 1_024)),
            Body = RandomBytes(16 << 20),
        };
        await Ledger.MustAppendAsync(append);
        var read = Assert.Single(await Ledger.ReadAsync(TestOrders.Payment(1), default));
        Assert.Equal((append.AgentId, append.Reference), (read.AgentId, read.Reference));
        Assert.True(append.Body.Span.SequenceEqual(read.Body.Span));
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Theory]
    [InlineData("AgentId")]
    [InlineData("Reference")]
    [InlineData("Body")]
    [InlineData("Amount")]
    public async Task One_more_than_the_most_is_refused_before_anything_is_written(string field)
    {
        var good = TestOrders.Append(TestOrders.Payment(1), 0, Reserved);
        var bad = field switch
        {
            "AgentId" => good with { AgentId = new string('a', 2_049) },
            "Reference" => good with { Reference = new string('r', 2_049) },
            "Body" => good with { Body = new byte[(16 << 20) + 1] },
            _ => good with { Amount = AtomicAmount.Parse("1" + new string('0', 57)) },
        };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Ledger.AppendAsync(bad, default));
        Assert.False(await Ledger.ExistsAsync(TestOrders.Payment(1), default));
        Assert.Equal(1, (await Ledger.MustAppendAsync(good)).Sequence);
    }

    [Fact]
    public async Task An_order_of_zero_units_moves_nothing_and_is_an_order_all_the_same()
    {
        await Ledger.RunAsync(TestOrders.Payment(1), 0, Reserved, Settled, Delivered);
        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal((1L, 3L), (totals.Orders, totals.Entries));
        Assert.True(totals.In.IsZero);
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task The_answer_of_an_append_is_the_entry_that_is_read_later()
    {
        var results = new List<LedgerEntry>();
        LedgerKind[] kinds = [Reserved, Settled, RefundOwed, Refunded];
        for (var index = 0; index < kinds.Length; index++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(3));
            results.Add(await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), index, kinds[index], reference: $"r{index}", body: [(byte)index])));
        }

        var read = await Ledger.ReadAsync(TestOrders.Payment(1), default);
        Assert.Equal(results.Select(Fields), read.Select(Fields));

        static string Fields(LedgerEntry entry) => string.Join('|', entry.Sequence, entry.Payment, entry.Index, entry.Kind, entry.At.ToUnixTimeMilliseconds(),
            entry.AgentId, entry.Amount, entry.Reference, Convert.ToHexString(entry.Body.Span), entry.PreviousHash, entry.Hash);
    }

    [Fact]
    public async Task A_conflict_shows_the_body_that_was_stored()
    {
        await Ledger.RunAsync(1, Reserved, Settled);
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 2, Delivered, body: [4, 2]));
        var again = await Ledger.AppendAsync(TestOrders.Append(TestOrders.Payment(1), 2, Delivered, body: [6, 6, 6]), default);
        Assert.Equal(AppendStatus.Conflict, again.Status);
        Assert.Equal([4, 2], again.Entry!.Body.ToArray());
    }

    [Fact]
    public async Task An_entry_of_another_amount_at_a_taken_index_is_a_conflict_and_not_a_mistake()
    {
        await Ledger.RunAsync(1, Reserved, Settled);
        var other = await Ledger.AppendAsync(TestOrders.Append(1, 0, Refunded, 77), default);
        Assert.Equal(AppendStatus.Conflict, other.Status);
        Assert.Equal((AtomicAmount)1000, other.Entry!.Amount);
    }

    [Theory]
    [InlineData(-62_135_596_800_000L)]
    [InlineData(-1L)]
    [InlineData(0L)]
    [InlineData(253_402_300_799_999L)]
    public async Task Any_clock_is_written_down_as_it_shows(long milliseconds)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        Time.Advance(at - Time.GetUtcNow());
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        Assert.Equal(at, Assert.Single(await Ledger.ReadAsync(TestOrders.Payment(1), default)).At);
        Assert.Single(await Ledger.ListAsync(new LedgerQuery { Since = at }));
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Whoever_asks_with_a_cancelled_token_gets_no_answer()
    {
        await Ledger.RunAsync(1, Reserved);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Ledger.ReadAsync(TestOrders.Payment(1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Ledger.ExistsAsync(TestOrders.Payment(1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Ledger.OpenOrdersAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Ledger.TotalsAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Ledger.VerifyAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Ledger.QueryAsync(LedgerQuery.All, cancelled))
                Assert.Fail("An entry came.");
        });
    }

    [Fact]
    public async Task A_query_can_be_given_up_in_the_middle()
    {
        for (var order = 1; order <= 600; order++)
            await Ledger.MustAppendAsync(TestOrders.Append(order, 0, Reserved));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Ledger.QueryAsync(LedgerQuery.All, cancellation.Token))
            {
                if (++seen == 5)
                    await cancellation.CancelAsync();
            }
        });
        Assert.InRange(seen, 5, 599);
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(TestSeed.Value).NextBytes(bytes);
        return bytes;
    }
}
