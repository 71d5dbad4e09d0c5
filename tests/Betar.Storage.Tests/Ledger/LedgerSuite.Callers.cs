using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>Many callers, careless callers, and the end.</content>
public abstract partial class LedgerSuite
{
    [Fact]
    public async Task Of_64_copies_of_one_append_exactly_one_is_taken()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(copy => Task.Run(async () =>
            await Ledger.AppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, reference: $"copy {copy}"), default))));

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
            ? await Ledger.AppendAsync(TestOrders.Append(0, 2, Settled), default)
            : await Ledger.AppendAsync(TestOrders.Append(number, 0, Reserved), default))));
        Assert.Equal(100, results.Count(result => result.Status == AppendStatus.Appended));
        Assert.Equal(100, results.Count(result => result.Status == AppendStatus.IllegalTransition));
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Bugs_of_the_caller_are_exceptions_and_write_nothing()
    {
        var good = TestOrders.Append(1, 0, Reserved);
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
            await Ledger.AppendAsync(TestOrders.Append(1, 0, Reserved), new CancellationToken(canceled: true)));
        Assert.False(await Ledger.ExistsAsync(TestOrders.Payment(1), default));
    }

    [Fact]
    public async Task After_closing_an_append_is_answered_with_closed()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        await CloseAsync();
        Assert.Equal(new AppendResult(AppendStatus.Closed, null), await Ledger.AppendAsync(TestOrders.Append(1, 1, Settled), default));
    }
}
