using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <summary>When checkpoints are signed: after so many entries, after so long, and at the end.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualTime time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task After_so_many_entries()
    {
        await using var database = Open(entries: 5);
        for (var order = 0; order < 12; order++)
            await database.Ledger.MustAppendAsync(TestOrders.Append(order, 0, Reserved));
        var report = await database.Ledger.VerifyAsync(default);
        Assert.Equal((2L, 10L), (report.Checkpoints, report.Covered));
        Assert.True(report.Ok);
    }

    [Fact]
    public async Task After_so_long()
    {
        await using var database = Open();
        await database.Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        Assert.Equal(0, (await database.Ledger.VerifyAsync(default)).Checkpoints);
        time.Advance(TimeSpan.FromMinutes(1));

        // The next append comes after the timer's wish in the writer's queue.
        await database.Ledger.MustAppendAsync(TestOrders.Append(2, 0, Reserved));
        Assert.InRange((await database.Ledger.VerifyAsync(default)).Covered, 1, 2);
    }

    [Fact]
    public async Task Not_again_when_nothing_was_appended()
    {
        await using var database = Open();
        await database.Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        for (var minute = 0; minute < 5; minute++)
            time.Advance(TimeSpan.FromMinutes(1));
        await database.Ledger.MustAppendAsync(TestOrders.Append(2, 0, Reserved));
        Assert.InRange((await database.Ledger.VerifyAsync(default)).Checkpoints, 1, 2);
    }

    [Fact]
    public async Task Once_for_each_time_and_not_with_every_batch_from_then_on()
    {
        await using var database = Open();
        await database.Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        time.Advance(TimeSpan.FromMinutes(1));
        for (var order = 2; order < 6; order++)
            await database.Ledger.MustAppendAsync(TestOrders.Append(order, 0, Reserved));
        Assert.Equal(1, (await database.Ledger.VerifyAsync(default)).Checkpoints);
    }

    [Fact]
    public async Task At_the_end()
    {
        await using (var database = Open())
            await database.Ledger.RunAsync(1, Reserved, Settled);
        await using (var again = Open())
        {
            var report = await again.Ledger.VerifyAsync(default);
            Assert.Equal((1L, 2L), (report.Checkpoints, report.Covered));
        }

        await using var third = Open();
        Assert.Equal(1, (await third.Ledger.VerifyAsync(default)).Checkpoints);
    }

    [Fact]
    public async Task Their_chain_goes_on_after_a_restart()
    {
        for (var start = 0; start < 4; start++)
        {
            await using var database = Open();
            await database.Ledger.MustAppendAsync(TestOrders.Append(start, 0, Reserved));
        }

        await using var reader = BetarDatabase.OpenReadOnly(folder.Database);
        var report = await reader.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Equal((4L, 4L), (report.Checkpoints, report.Covered));
    }

    [Fact]
    public async Task Without_a_signer_there_are_none()
    {
        await using (var database = BetarDatabase.Open(folder.Database, time: time))
            await database.Ledger.RunAsync(1, Reserved);
        await using var reader = BetarDatabase.OpenReadOnly(folder.Database);
        var report = await reader.Ledger.VerifyAsync(default);
        Assert.Equal((0L, 0L, true), (report.Checkpoints, report.Covered, report.Ok));
    }

    [Fact]
    public async Task Memory_signs_too()
    {
        var ledger = new MemoryLedger(new LedgerOptions { Signer = Signers.Number(1), CheckpointEntries = 2 }, time);
        await ledger.RunAsync(1, Reserved, Settled, Delivered);
        Assert.Equal((1L, 2L), (await Report()).Item1);
        ledger.Close();
        Assert.Equal((2L, 3L), (await Report()).Item1);

        async Task<((long, long), bool)> Report()
        {
            var report = await ledger.VerifyAsync(default);
            Assert.True(report.Ok);
            return ((report.Checkpoints, report.Covered), report.Ok);
        }
    }

    private BetarDatabase Open(int entries = 1_000) => BetarDatabase.Open(folder.Database,
        new BetarDatabaseOptions { Ledger = { Signer = Signers.Number(1), CheckpointEntries = entries } }, time);
}
