using Betar.Storage.PaidRequests;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402.Wire;

namespace Betar.Storage.Tests.PaidRequests;

/// <summary>What is owed, after every step that a process can die behind.</summary>
public sealed class DurableOwedWorkTests : IAsyncLifetime
{
    private static readonly SettleResponse Settled = new() { Success = true, Transaction = "0xabc", Network = "eip155:84532", Payer = "0x1", Amount = "7" };

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurableOwedWork _owed = null!;

    public async Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _owed = await DurableOwedWork.OpenAsync(_database, _time, default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Work_under_way_is_owed_when_a_crash_ended_it()
    {
        await BeginAsync(1);
        Assert.Empty(await _owed.ListAsync(default));

        await AfterCrashAsync(async owed =>
        {
            var debt = Assert.Single(await owed.ListAsync(default));
            Assert.Equal((TestOrders.Payment(1), "/work?1", _time.GetUtcNow()), (debt.Payment, debt.Resource, debt.Since));
            Assert.Equal(WireCodec.Write(Settled), WireCodec.Write(debt.Settlement));
        });
    }

    [Fact]
    public async Task Of_work_that_is_done_for_less_only_the_rest_is_owed()
    {
        await BeginAsync(1);
        await _owed.OweAsync(TestOrders.Payment(1), Settled with { Amount = "7" }, "/work?1", default);

        await AfterCrashAsync(async owed => Assert.Equal("7", Assert.Single(await owed.ListAsync(default)).Settlement.Amount));
    }

    [Fact]
    public async Task Work_that_is_done_is_owed_by_nobody()
    {
        await BeginAsync(1);
        await _owed.DoneAsync(TestOrders.Payment(1), default);

        await AfterCrashAsync(async owed => Assert.Empty(await owed.ListAsync(default)));
    }

    [Fact]
    public async Task Debts_are_listed_oldest_first_until_they_are_paid_back_and_then_stay_paid()
    {
        await BeginAsync(2);
        await _owed.OweAsync(TestOrders.Payment(2), Settled, "/work?2", default);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _owed.OweAsync(TestOrders.Payment(1), Settled, "/work?1", default);
        Assert.Equal([TestOrders.Payment(2), TestOrders.Payment(1)], (await _owed.ListAsync(default)).Select(debt => debt.Payment));

        Assert.True(await _owed.PaidBackAsync(TestOrders.Payment(2), "0xdef", default));
        Assert.False(await _owed.PaidBackAsync(TestOrders.Payment(2), "0xdef", default));
        await _owed.OweAsync(TestOrders.Payment(2), Settled, "/work?2", default);
        await _owed.DoneAsync(TestOrders.Payment(2), default);

        await AfterCrashAsync(async owed => Assert.Equal(TestOrders.Payment(1), Assert.Single(await owed.ListAsync(default)).Payment));
        Assert.Equal("0xdef", RawFile.Text(_folder.Database, "SELECT paid_back FROM owed_work WHERE state = 2"));
    }

    [Fact]
    public async Task What_is_not_owed_is_not_paid_back()
    {
        await BeginAsync(1);

        Assert.False(await _owed.PaidBackAsync(TestOrders.Payment(1), "0xdef", default));
        Assert.False(await _owed.PaidBackAsync(TestOrders.Payment(2), "0xdef", default));
    }

    [Fact]
    public async Task What_sets_out_to_go_back_stays_listed_and_its_work_is_not_begun_again()
    {
        await BeginAsync(1);
        Assert.False(await _owed.TakeAsync(TestOrders.Payment(1), default));
        await _owed.OweAsync(TestOrders.Payment(1), Settled, "/work?1", default);
        Assert.True(await BeginAsync(1));
        Assert.Empty(await _owed.ListAsync(default));
        await _owed.OweAsync(TestOrders.Payment(1), Settled, "/work?1", default);

        Assert.True(await _owed.TakeAsync(TestOrders.Payment(1), default));
        Assert.True(await _owed.TakeAsync(TestOrders.Payment(1), default));
        Assert.False(await BeginAsync(1));
        await _owed.DoneAsync(TestOrders.Payment(1), default);
        await _owed.OweAsync(TestOrders.Payment(1), Settled, "/work?1", default);

        await AfterCrashAsync(async owed =>
        {
            Assert.Equal(TestOrders.Payment(1), Assert.Single(await owed.ListAsync(default)).Payment);
            Assert.False(await owed.BeginAsync(TestOrders.Payment(1), Settled, "/work?1", default));
            Assert.True(await owed.PaidBackAsync(TestOrders.Payment(1), "0xdef", default));
            Assert.False(await owed.TakeAsync(TestOrders.Payment(1), default));
            Assert.False(await owed.BeginAsync(TestOrders.Payment(1), Settled, "/work?1", default));
            Assert.Empty(await owed.ListAsync(default));
        });
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named()
    {
        await _owed.OweAsync(TestOrders.Payment(1), Settled, "/work?1", default);
        RawFile.Execute(_folder.Database, "UPDATE owed_work SET settlement = x'7b'");

        Assert.Equal(StorageFailure.Corrupt, (await Assert.ThrowsAsync<StorageException>(() => _owed.ListAsync(default))).Failure);
    }

    private Task<bool> BeginAsync(int payment) => _owed.BeginAsync(TestOrders.Payment(payment), Settled, $"/work?{payment}", default);

    private async Task AfterCrashAsync(Func<DurableOwedWork, Task> check)
    {
        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        await check(await DurableOwedWork.OpenAsync(database, _time, default));
    }
}
