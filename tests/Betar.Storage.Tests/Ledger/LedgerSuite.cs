using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <summary>What every provider of the ledger must do. A provider's test class derives and says how to open and close one.</summary>
public abstract class LedgerSuite : IAsyncLifetime
{
    private protected ManualTime Time { get; } = new();

    private protected ILedger Ledger { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Ledger = Open();
        return Task.CompletedTask;
    }

    public abstract Task DisposeAsync();

    [Fact]
    public async Task An_append_comes_back_as_it_was_written()
    {
        var append = Orders.Append(Orders.Payment(1), 0, Reserved, 1234567, "did:key:zÄgent", "0xabc \u0000 ü", [0, 1, 255]);
        Time.Advance(TimeSpan.FromTicks(17));
        var result = await Ledger.AppendAsync(append, default);

        var read = Assert.Single(await Ledger.ReadAsync(append.Payment, default));
        Assert.Equal(AppendStatus.Appended, result.Status);
        Assert.Equal(1, read.Sequence);
        Assert.Equal(append.Payment, read.Payment);
        Assert.Equal(0, read.Index);
        Assert.Equal(Reserved, read.Kind);
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), read.At.ToUnixTimeMilliseconds());
        Assert.Equal(0, read.At.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.Equal("did:key:zÄgent", read.AgentId);
        Assert.Equal((AtomicAmount)1234567, read.Amount);
        Assert.Equal("0xabc \u0000 ü", read.Reference);
        Assert.Equal([0, 1, 255], read.Body.ToArray());
        Assert.True(read.PreviousHash.IsZero);
        Assert.Equal(result.Entry!.Hash, read.Hash);
        Assert.Equal(result.Entry.At, read.At);
    }

    [Fact]
    public async Task The_ledger_keeps_its_own_copy_of_the_body()
    {
        byte[] body = [1, 2, 3];
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1), 0, Reserved, body: body));
        body[0] = 99;
        Assert.Equal([1, 2, 3], (await Ledger.ReadAsync(Orders.Payment(1), default))[0].Body.ToArray());
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Empty_texts_and_an_empty_body_are_kept()
    {
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1), 0, Reserved, 0, agent: ""));
        var read = Assert.Single(await Ledger.ReadAsync(Orders.Payment(1), default));
        Assert.Equal(("", "", 0, AtomicAmount.Zero), (read.AgentId, read.Reference, read.Body.Length, read.Amount));
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Each_entry_of_an_order_points_at_the_one_before()
    {
        await Ledger.RunAsync(1, Reserved, Settled, RefundOwed, Refunded);
        var entries = await Ledger.ReadAsync(Orders.Payment(1), default);
        Assert.Equal([0, 1, 2, 3], entries.Select(entry => entry.Index));
        for (var i = 1; i < entries.Count; i++)
            Assert.Equal(entries[i - 1].Hash, entries[i].PreviousHash);
        Assert.Equal(4, entries.Select(entry => entry.Hash).Distinct().Count());
    }

    [Fact]
    public async Task Chains_of_different_orders_are_apart_but_sequences_are_common()
    {
        await Ledger.MustAppendAsync(Orders.Append(1, 0, Reserved));
        await Ledger.MustAppendAsync(Orders.Append(2, 0, Reserved));
        var third = await Ledger.MustAppendAsync(Orders.Append(1, 1, Settled));
        Assert.Equal(3, third.Sequence);
        Assert.Equal((await Ledger.ReadAsync(Orders.Payment(1), default))[0].Hash, third.PreviousHash);
    }

    [Fact]
    public async Task A_taken_index_is_a_conflict_that_shows_who_has_it()
    {
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1), 0, Reserved, reference: "first"));
        var second = await Ledger.AppendAsync(Orders.Append(Orders.Payment(1), 0, Reserved, reference: "second"), default);
        Assert.Equal(AppendStatus.Conflict, second.Status);
        Assert.Equal("first", second.Entry!.Reference);
        Assert.Single(await Ledger.ReadAsync(Orders.Payment(1), default));
    }

    [Fact]
    public async Task An_index_of_an_ended_order_is_a_conflict_too()
    {
        await Ledger.RunAsync(1, Reserved, Settled, Delivered);
        var again = await Ledger.AppendAsync(Orders.Append(1, 1, Settled), default);
        Assert.Equal(AppendStatus.Conflict, again.Status);
        Assert.Equal(Settled, again.Entry!.Kind);
    }

    [Fact]
    public async Task The_same_nonce_of_two_payers_is_two_orders()
    {
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1, payer: 1), 0, Reserved));
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1, payer: 2), 0, Reserved));
        Assert.Single(await Ledger.ReadAsync(Orders.Payment(1, payer: 1), default));
    }

    [Fact]
    public async Task Network_and_asset_are_part_of_the_key()
    {
        var payment = Orders.Payment(1);
        await Ledger.MustAppendAsync(Orders.Append(payment, 0, Reserved));
        await Ledger.MustAppendAsync(Orders.Append(payment with { Network = new NetworkId(31337) }, 0, Reserved));
        await Ledger.MustAppendAsync(Orders.Append(payment with { Asset = Orders.Payer(9) }, 0, Reserved));
        Assert.Equal(3, (await Ledger.TotalsAsync(default)).Orders);
    }

    public static TheoryData<LedgerKind?, LedgerKind> EveryTransition()
    {
        var data = new TheoryData<LedgerKind?, LedgerKind>();
        foreach (var next in Enum.GetValues<LedgerKind>())
        {
            data.Add(null, next);
            foreach (var last in Enum.GetValues<LedgerKind>())
                data.Add(last, next);
        }

        return data;
    }

    private static readonly Dictionary<LedgerKind, LedgerKind[]> WayTo = new()
    {
        [Reserved] = [Reserved],
        [Settled] = [Reserved, Settled],
        [Delivered] = [Reserved, Settled, Delivered],
        [RefundOwed] = [Reserved, Settled, RefundOwed],
        [Refunded] = [Reserved, Settled, RefundOwed, Refunded],
        [Refused] = [Reserved, Refused],
    };

    [Theory]
    [MemberData(nameof(EveryTransition))]
    public async Task Only_the_transitions_of_the_table_are_taken(LedgerKind? last, LedgerKind next)
    {
        (LedgerKind?, LedgerKind)[] legal =
            [(null, Reserved), (Reserved, Settled), (Reserved, Refused), (Settled, Delivered), (Settled, RefundOwed), (RefundOwed, Refunded)];
        var way = last is { } reached ? WayTo[reached] : [];
        await Ledger.RunAsync(1, way);

        var result = await Ledger.AppendAsync(Orders.Append(1, way.Length, next), default);

        var expected = legal.Contains((last, next)) ? AppendStatus.Appended : AppendStatus.IllegalTransition;
        Assert.Equal(expected, result.Status);
        Assert.Equal(way.Length + (expected == AppendStatus.Appended ? 1 : 0), (await Ledger.ReadAsync(Orders.Payment(1), default)).Count);
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task A_new_order_begins_at_index_zero(int index) => Assert.Equal(AppendStatus.IllegalTransition,
        (await Ledger.AppendAsync(Orders.Append(1, index, Reserved), default)).Status);

    [Fact]
    public async Task An_index_cannot_be_left_out()
    {
        await Ledger.MustAppendAsync(Orders.Append(1, 0, Reserved));
        Assert.Equal(AppendStatus.IllegalTransition, (await Ledger.AppendAsync(Orders.Append(1, 2, Settled), default)).Status);
    }

    [Fact]
    public async Task The_amount_cannot_change_along_an_order()
    {
        await Ledger.MustAppendAsync(Orders.Append(1, 0, Reserved, 1000));
        Assert.Equal(AppendStatus.IllegalTransition, (await Ledger.AppendAsync(Orders.Append(1, 1, Settled, 1001), default)).Status);
        Assert.Equal(AppendStatus.Appended, (await Ledger.AppendAsync(Orders.Append(1, 1, Settled, 1000), default)).Status);
    }

    [Fact]
    public async Task Of_64_copies_of_one_append_exactly_one_is_taken()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(copy => Task.Run(async () =>
            await Ledger.AppendAsync(Orders.Append(Orders.Payment(1), 0, Reserved, reference: $"copy {copy}"), default))));

        var winner = Assert.Single(results, result => result.Status == AppendStatus.Appended);
        Assert.Equal(63, results.Count(result => result.Status == AppendStatus.Conflict));
        Assert.All(results, result => Assert.Equal(winner.Entry!.Reference, result.Entry!.Reference));
        Assert.Equal(1, (await Ledger.TotalsAsync(default)).Entries);
    }

    [Fact]
    public async Task A_refusal_harms_no_neighbour()
    {
        await Ledger.RunAsync(0, Reserved, Refused);
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(async () => number % 2 == 0
            ? await Ledger.AppendAsync(Orders.Append(0, 2, Settled), default)
            : await Ledger.AppendAsync(Orders.Append(number, 0, Reserved), default))));
        Assert.Equal(100, results.Count(result => result.Status == AppendStatus.Appended));
        Assert.Equal(100, results.Count(result => result.Status == AppendStatus.IllegalTransition));
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Exists_says_whether_an_order_has_an_entry()
    {
        Assert.False(await Ledger.ExistsAsync(Orders.Payment(1), default));
        await Ledger.MustAppendAsync(Orders.Append(1, 0, Reserved));
        Assert.True(await Ledger.ExistsAsync(Orders.Payment(1), default));
        Assert.False(await Ledger.ExistsAsync(Orders.Payment(1, payer: 2), default));
    }

    [Fact]
    public async Task An_unknown_order_reads_as_empty() => Assert.Empty(await Ledger.ReadAsync(Orders.Payment(1), default));

    [Fact]
    public async Task Open_orders_are_those_without_an_end_oldest_first()
    {
        await Ledger.RunAsync(1, Reserved);
        await Ledger.RunAsync(2, Reserved, Settled);
        await Ledger.RunAsync(3, Reserved, Settled, RefundOwed);
        await Ledger.RunAsync(4, Reserved, Settled, Delivered);
        await Ledger.RunAsync(5, Reserved, Settled, RefundOwed, Refunded);
        await Ledger.RunAsync(6, Reserved, Refused);
        Assert.Equal([Orders.Payment(1), Orders.Payment(2), Orders.Payment(3)], await Ledger.OpenOrdersAsync(default));
    }

    [Fact]
    public async Task Totals_follow_the_money()
    {
        await Ledger.RunAsync(Orders.Payment(1), 1, Reserved);
        await Ledger.RunAsync(Orders.Payment(2), 10, Reserved, Settled);
        await Ledger.RunAsync(Orders.Payment(3), 100, Reserved, Settled, RefundOwed);
        await Ledger.RunAsync(Orders.Payment(4), 1_000, Reserved, Settled, Delivered);
        await Ledger.RunAsync(Orders.Payment(5), 10_000, Reserved, Settled, RefundOwed, Refunded);
        await Ledger.RunAsync(Orders.Payment(6), 100_000, Reserved, Refused);

        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal(((AtomicAmount)11_110, (AtomicAmount)1_000, (AtomicAmount)10_000, (AtomicAmount)110),
            (totals.In, totals.Delivered, totals.Refunded, totals.Held));
        Assert.Equal((6, 15), (totals.Orders, totals.Entries));
        Assert.True(totals.Conserved);
    }

    [Fact]
    public async Task Totals_keep_assets_apart()
    {
        var other = Orders.Payment(2) with { Asset = Orders.Payer(7) };
        await Ledger.RunAsync(Orders.Payment(1), 5, Reserved, Settled);
        await Ledger.RunAsync(other, 7, Reserved, Settled, Delivered);
        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal(2, totals.Assets.Count);
        Assert.Equal((AtomicAmount)5, totals.Assets.Single(asset => asset.Asset == Orders.Usdc).Held);
        Assert.Equal((AtomicAmount)7, totals.Assets.Single(asset => asset.Asset == other.Asset).Delivered);
    }

    [Fact]
    public async Task An_asset_appears_in_the_totals_with_its_first_money()
    {
        await Ledger.RunAsync(1, Reserved, Refused);
        await Ledger.RunAsync(2, Reserved);
        Assert.Empty((await Ledger.TotalsAsync(default)).Assets);
        Assert.Empty((await Ledger.VerifyAsync(default)).Totals.Assets);
        await Ledger.MustAppendAsync(Orders.Append(2, 1, Settled));
        Assert.Single((await Ledger.TotalsAsync(default)).Assets);
        Assert.Equivalent(await Ledger.TotalsAsync(default), (await Ledger.VerifyAsync(default)).Totals);
    }

    [Fact]
    public async Task Totals_of_nothing_are_zero_and_conserved()
    {
        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal((AtomicAmount.Zero, 0L, 0L), (totals.In, totals.Orders, totals.Entries));
        Assert.True(totals.Conserved);
    }

    [Fact]
    public async Task The_largest_amounts_add_up()
    {
        var largest = AtomicAmount.Parse(new string('9', 57));
        for (var order = 1; order <= 3; order++)
        {
            await Ledger.MustAppendAsync(Orders.Append(order, 0, Reserved) with { Amount = largest });
            await Ledger.MustAppendAsync(Orders.Append(order, 1, Settled) with { Amount = largest });
        }

        Assert.Equal("2" + new string('9', 56) + "7", (await Ledger.TotalsAsync(default)).In.ToString());
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Queries_filter_by_each_field_and_by_all_together()
    {
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1, 1), 0, Reserved, agent: "a"));
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1, 2), 0, Reserved, agent: "b"));
        Time.Advance(TimeSpan.FromMinutes(1));
        var later = Time.GetUtcNow();
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(2, 1), 0, Reserved, agent: "b"));
        await Ledger.MustAppendAsync(Orders.Append(Orders.Payment(1, 1), 1, Settled, agent: "a"));

        Assert.Equal([1, 2, 3, 4], await Sequences(LedgerQuery.All));
        Assert.Equal([1, 4], await Sequences(new LedgerQuery { Payment = Orders.Payment(1, 1) }));
        Assert.Equal([2, 3], await Sequences(new LedgerQuery { AgentId = "b" }));
        Assert.Equal([1, 3, 4], await Sequences(new LedgerQuery { Payer = Orders.Payer(1) }));
        Assert.Equal([1, 2, 4], await Sequences(new LedgerQuery { Nonce = Orders.NonceOf(1) }));
        Assert.Equal([4], await Sequences(new LedgerQuery { Kind = Settled }));
        Assert.Equal([3, 4], await Sequences(new LedgerQuery { Since = later }));
        Assert.Empty(await Sequences(new LedgerQuery { Since = later + TimeSpan.FromMilliseconds(1) }));
        Assert.Equal([2], await Sequences(new LedgerQuery { AgentId = "b", Nonce = Orders.NonceOf(1) }));
        Assert.Equal([4], await Sequences(new LedgerQuery
        {
            Payment = Orders.Payment(1, 1), AgentId = "a", Payer = Orders.Payer(1), Nonce = Orders.NonceOf(1), Kind = Settled, Since = later,
        }));
    }

    [Fact]
    public async Task Queries_page_by_sequence_in_both_directions()
    {
        for (var order = 1; order <= 7; order++)
            await Ledger.MustAppendAsync(Orders.Append(order, 0, Reserved));
        Assert.Equal([1, 2, 3], await Sequences(new LedgerQuery { Limit = 3 }));
        Assert.Equal([4, 5, 6], await Sequences(new LedgerQuery { Limit = 3, After = 3 }));
        Assert.Equal([7, 6], await Sequences(new LedgerQuery { Limit = 2, NewestFirst = true }));
        Assert.Equal([5, 4, 3, 2, 1], await Sequences(new LedgerQuery { NewestFirst = true, After = 6 }));
    }

    [Fact]
    public async Task A_clock_that_steps_back_hides_nothing_from_a_query_by_time()
    {
        await Ledger.MustAppendAsync(Orders.Append(1, 0, Reserved));
        Time.Advance(TimeSpan.FromHours(1));
        var noon = Time.GetUtcNow();
        await Ledger.MustAppendAsync(Orders.Append(2, 0, Reserved));
        Time.Advance(TimeSpan.FromMinutes(-30));
        await Ledger.MustAppendAsync(Orders.Append(3, 0, Reserved));
        Time.Advance(TimeSpan.FromHours(1));
        await Ledger.MustAppendAsync(Orders.Append(4, 0, Reserved));
        Assert.Equal([2, 4], await Sequences(new LedgerQuery { Since = noon }));
        Assert.Equal([4, 2], await Sequences(new LedgerQuery { Since = noon, NewestFirst = true }));
        Assert.Equal([4], await Sequences(new LedgerQuery { Since = noon, After = 2 }));
        Assert.Equal([2], await Sequences(new LedgerQuery { Since = noon, After = 4, NewestFirst = true }));
    }

    [Fact]
    public async Task A_query_over_many_pages_misses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(1, 1_100).Select(order => Ledger.MustAppendAsync(Orders.Append(order, 0, Reserved))));
        Assert.Equal(Enumerable.Range(1, 1_100).Select(number => (long)number), await Sequences(LedgerQuery.All));
        Assert.Equal(Enumerable.Range(1, 1_100).Select(number => (long)number).Reverse(), await Sequences(new LedgerQuery { NewestFirst = true }));
        Assert.Equal(700, (await Sequences(new LedgerQuery { Limit = 700 })).Count);
    }

    [Fact]
    public async Task Verification_of_a_sound_ledger_finds_nothing_and_counts_from_scratch()
    {
        await Ledger.RunAsync(1, Reserved, Settled, Delivered);
        await Ledger.RunAsync(2, Reserved, Settled, RefundOwed);
        var report = await Ledger.VerifyAsync(default);
        Assert.True(report.Ok);
        Assert.Equivalent(await Ledger.TotalsAsync(default), report.Totals);
        Assert.False(report.Head.IsZero);
    }

    [Fact]
    public async Task Bugs_of_the_caller_are_exceptions_and_write_nothing()
    {
        var good = Orders.Append(1, 0, Reserved);
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Ledger.AppendAsync(null!, default));
        foreach (var bad in new[]
        {
            good with { Index = -1 },
            good with { Kind = 0 },
            good with { Kind = (LedgerKind)7 },
            good with { AgentId = new string('a', 2_049) },
            good with { Reference = new string('r', 2_049) },
            good with { Amount = AtomicAmount.Parse("1" + new string('0', 57)) },
            good with { Body = new byte[(16 << 20) + 1] },
        })
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Ledger.AppendAsync(bad, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger.QueryAsync(new LedgerQuery { Limit = 0 }, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger.QueryAsync(new LedgerQuery { After = -1 }, default));
        Assert.Equal(0, (await Ledger.TotalsAsync(default)).Entries);
    }

    [Fact]
    public async Task A_cancelled_append_writes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Ledger.AppendAsync(Orders.Append(1, 0, Reserved), new CancellationToken(canceled: true)));
        Assert.False(await Ledger.ExistsAsync(Orders.Payment(1), default));
    }

    [Fact]
    public async Task After_closing_an_append_is_answered_with_closed()
    {
        await Ledger.MustAppendAsync(Orders.Append(1, 0, Reserved));
        await CloseAsync();
        Assert.Equal(new AppendResult(AppendStatus.Closed, null), await Ledger.AppendAsync(Orders.Append(1, 1, Settled), default));
    }

    [Theory]
    [InlineData(20261)]
    [InlineData(20262)]
    public async Task Random_appends_agree_with_a_plain_model(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<int, List<LedgerKind>>();
        for (var step = 0; step < 600; step++)
        {
            var order = random.Next(25);
            var known = model.TryGetValue(order, out var kinds) ? kinds : model[order] = [];
            var index = Math.Max(0, known.Count + random.Next(-1, 2));
            var kind = (LedgerKind)random.Next(1, 7);
            var status = (await Ledger.AppendAsync(Orders.Append(order, index, kind), default)).Status;
            var expected = index < known.Count ? AppendStatus.Conflict
                : index == known.Count && (index == 0 ? kind == Reserved : LedgerTransitions.IsLegal(known[^1], kind)) ? AppendStatus.Appended
                : AppendStatus.IllegalTransition;
            Assert.True(expected == status, $"seed {seed}, step {step}: {status} instead of {expected}");
            if (status == AppendStatus.Appended)
                known.Add(kind);
        }

        foreach (var (order, kinds) in model)
            Assert.Equal(kinds, (await Ledger.ReadAsync(Orders.Payment(order), default)).Select(entry => entry.Kind));
        Assert.Equal(model.Values.Count(kinds => kinds.Count > 0 && !LedgerTransitions.IsEnd(kinds[^1])),
            (await Ledger.OpenOrdersAsync(default)).Count);
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    private protected abstract ILedger Open();

    private protected abstract Task CloseAsync();

    private async Task<List<long>> Sequences(LedgerQuery query) => [.. (await Ledger.ListAsync(query)).Select(entry => entry.Sequence)];
}
