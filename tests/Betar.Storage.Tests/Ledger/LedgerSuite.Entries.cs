using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>What an entry keeps, and whose it is.</content>
public abstract partial class LedgerSuite
{
    [Fact]
    public async Task An_append_comes_back_as_it_was_written()
    {
        var append = TestOrders.Append(TestOrders.Payment(1), 0, Reserved, 1234567, "did:key:zÄgent", "0xabc \u0000 ü", [0, 1, 255]);
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
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, body: body));
        body[0] = 99;
        Assert.Equal([1, 2, 3], (await Ledger.ReadAsync(TestOrders.Payment(1), default))[0].Body.ToArray());
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Empty_texts_and_an_empty_body_are_kept()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, 0, agent: ""));
        var read = Assert.Single(await Ledger.ReadAsync(TestOrders.Payment(1), default));
        Assert.Equal(("", "", 0, AtomicAmount.Zero), (read.AgentId, read.Reference, read.Body.Length, read.Amount));
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Each_entry_of_an_order_points_at_the_one_before()
    {
        await Ledger.RunAsync(1, Reserved, Settled, RefundOwed, Refunded);
        var entries = await Ledger.ReadAsync(TestOrders.Payment(1), default);
        Assert.Equal([0, 1, 2, 3], entries.Select(entry => entry.Index));
        for (var i = 1; i < entries.Count; i++)
            Assert.Equal(entries[i - 1].Hash, entries[i].PreviousHash);
        Assert.Equal(4, entries.Select(entry => entry.Hash).Distinct().Count());
    }

    [Fact]
    public async Task Chains_of_different_orders_are_apart_but_sequences_are_common()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        await Ledger.MustAppendAsync(TestOrders.Append(2, 0, Reserved));
        var third = await Ledger.MustAppendAsync(TestOrders.Append(1, 1, Settled));
        Assert.Equal(3, third.Sequence);
        Assert.Equal((await Ledger.ReadAsync(TestOrders.Payment(1), default))[0].Hash, third.PreviousHash);
    }

    [Fact]
    public async Task A_taken_index_is_a_conflict_that_shows_who_has_it()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, reference: "first"));
        var second = await Ledger.AppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, reference: "second"), default);
        Assert.Equal(AppendStatus.Conflict, second.Status);
        Assert.Equal("first", second.Entry!.Reference);
        Assert.Single(await Ledger.ReadAsync(TestOrders.Payment(1), default));
    }

    [Fact]
    public async Task An_index_of_an_ended_order_is_a_conflict_too()
    {
        await Ledger.RunAsync(1, Reserved, Settled, Delivered);
        var again = await Ledger.AppendAsync(TestOrders.Append(1, 1, Settled), default);
        Assert.Equal(AppendStatus.Conflict, again.Status);
        Assert.Equal(Settled, again.Entry!.Kind);
    }

    [Fact]
    public async Task The_same_nonce_of_two_payers_is_two_orders()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1, payer: 1), 0, Reserved));
        await Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1, payer: 2), 0, Reserved));
        Assert.Single(await Ledger.ReadAsync(TestOrders.Payment(1, payer: 1), default));
    }

    [Fact]
    public async Task Network_and_asset_are_part_of_the_key()
    {
        var payment = TestOrders.Payment(1);
        await Ledger.MustAppendAsync(TestOrders.Append(payment, 0, Reserved));
        await Ledger.MustAppendAsync(TestOrders.Append(payment with { Network = new NetworkId(31337) }, 0, Reserved));
        await Ledger.MustAppendAsync(TestOrders.Append(payment with { Asset = TestOrders.Payer(9) }, 0, Reserved));
        Assert.Equal(3, (await Ledger.TotalsAsync(default)).Orders);
    }

    [Fact]
    public async Task Exists_says_whether_an_order_has_an_entry()
    {
        Assert.False(await Ledger.ExistsAsync(TestOrders.Payment(1), default));
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        Assert.True(await Ledger.ExistsAsync(TestOrders.Payment(1), default));
        Assert.False(await Ledger.ExistsAsync(TestOrders.Payment(1, payer: 2), default));
    }

    [Fact]
    public async Task An_unknown_order_reads_as_empty() => Assert.Empty(await Ledger.ReadAsync(TestOrders.Payment(1), default));
}
