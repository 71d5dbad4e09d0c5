using Betar.Storage.Settlements;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.Storage.Tests.Settlements;

/// <summary>The book after every step that a process can die behind.</summary>
public sealed class DurableSettlementBookTests : IAsyncLifetime
{
    private static readonly string Hash = "0x" + new string('a', 64);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurableSettlementBook _book = null!;

    private DateTimeOffset Later => _time.GetUtcNow().AddMinutes(10);

    public async Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _book = await OpenAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_the_end_a_repeat_gets_the_first_outcome_and_a_replay_the_transaction()
    {
        var settled = Settled();
        await BeginAsync(_book, 1, "mine");
        await _book.EndAsync(TestOrders.Payment(1), settled, default);

        await AfterCrashAsync(async book =>
        {
            var repeat = await BeginAsync(book, 1, "mine");
            Assert.False(repeat.IsOwner);
            Assert.Equal(WireCodec.Write(settled), WireCodec.Write(repeat.Response!));
            foreach (var other in new[] { "theirs", null })
                Assert.Equal(SettlementEntry.Taken(Hash), await BeginAsync(book, 1, other));
            Assert.False(await book.IsPendingAsync(TestOrders.Payment(1), default));
        });
    }

    [Fact]
    public async Task Without_an_attempts_name_nobody_can_repeat()
    {
        await BeginAsync(_book, 1, null);
        await _book.EndAsync(TestOrders.Payment(1), Settled(), default);

        await AfterCrashAsync(async book => Assert.Equal(SettlementEntry.Taken(Hash), await BeginAsync(book, 1, null)));
    }

    [Fact]
    public async Task What_was_begun_and_not_ended_is_pending_and_has_one_owner_again()
    {
        await BeginAsync(_book, 1, "mine");

        await AfterCrashAsync(async book =>
        {
            Assert.True(await book.IsPendingAsync(TestOrders.Payment(1), default));
            var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => BeginAsync(book, 1, $"{caller}")));
            Assert.Equal(SettlementEntry.Resumed, Assert.Single(all, entry => entry.IsOwner));
            Assert.False(await book.IsPendingAsync(TestOrders.Payment(1), default));
        });
    }

    [Fact]
    public async Task A_pending_end_is_pending_after_a_crash_too()
    {
        await BeginAsync(_book, 1, "mine");
        await _book.EndAsync(TestOrders.Payment(1), SettleResponse.Failed(WireReasons.SettlementPending, "eip155:84532"), default);
        Assert.True(await _book.IsPendingAsync(TestOrders.Payment(1), default));

        await AfterCrashAsync(async book => Assert.Equal(SettlementEntry.Resumed, await BeginAsync(book, 1, "theirs")));
    }

    [Fact]
    public async Task A_refusal_that_sent_nothing_is_forgotten()
    {
        await BeginAsync(_book, 1, "mine");
        await _book.EndAsync(TestOrders.Payment(1), SettleResponse.Failed("invalid_exact_evm_insufficient_balance", "eip155:84532"), default);

        await AfterCrashAsync(async book => Assert.Equal(SettlementEntry.Owner, await BeginAsync(book, 1, "mine")));
    }

    [Fact]
    public async Task A_transaction_that_failed_is_kept()
    {
        await BeginAsync(_book, 1, "mine");
        await _book.EndAsync(TestOrders.Payment(1), Settled() with { Success = false, ErrorReason = "invalid_transaction_state" }, default);

        await AfterCrashAsync(async book => Assert.Equal("invalid_transaction_state", (await BeginAsync(book, 1, "mine")).Response!.ErrorReason));
    }

    [Fact]
    public async Task Of_many_at_once_one_settles_and_its_own_repeats_hear_how()
    {
        Assert.Equal(SettlementEntry.Owner, await BeginAsync(_book, 1, "mine"));
        var repeats = Enumerable.Range(0, 16).Select(_ => BeginAsync(_book, 1, "mine")).ToList();
        var replays = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => BeginAsync(_book, 1, $"{caller}")));
        Assert.All(replays, replay => Assert.Equal(SettlementEntry.Taken(""), replay));
        Assert.All(repeats, repeat => Assert.False(repeat.IsCompleted));

        await _book.EndAsync(TestOrders.Payment(1), Settled(), default);

        Assert.All(await Task.WhenAll(repeats), repeat => Assert.Equal(Hash, repeat.Response!.Transaction));
    }

    [Fact]
    public async Task When_the_end_cannot_be_written_nobody_waits_for_ever_and_the_next_goes_on()
    {
        await BeginAsync(_book, 1, "mine");
        var waiting = BeginAsync(_book, 1, "mine");
        await _database.DisposeAsync();

        await Assert.ThrowsAsync<StorageException>(() => _book.EndAsync(TestOrders.Payment(1), Settled(), default));

        Assert.True((await waiting).Response!.IsPending);
        await using var again = BetarDatabase.Open(_folder.Database);
        Assert.Equal(SettlementEntry.Resumed, await BeginAsync(await OpenAsync(again), 1, "mine"));
    }

    [Fact]
    public async Task When_it_cannot_be_taken_nobody_owns_it_and_nobody_waits()
    {
        await _database.DisposeAsync();

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<StorageException>(() => BeginAsync(_book, 1, "mine"));
    }

    [Fact]
    public async Task A_full_book_refuses_new_payments_and_knows_the_old_ones()
    {
        _book = await OpenAsync(_database, capacity: 2);
        await BeginAsync(_book, 1, "mine");
        await _book.EndAsync(TestOrders.Payment(1), Settled(), default);
        await BeginAsync(_book, 2, "mine");

        var full = await Task.WhenAll(Enumerable.Range(3, 8).Select(payment => BeginAsync(_book, payment, "mine")));
        Assert.All(full, entry => Assert.Equal((false, "too many settlements at once"), (entry.IsOwner, entry.Response!.ErrorMessage)));
        Assert.Equal(Hash, (await BeginAsync(_book, 1, "theirs")).Transaction);

        await AfterCrashAsync(async book => Assert.False((await BeginAsync(book, 3, "mine")).IsOwner), capacity: 2);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.True((await BeginAsync(_book, 3, "mine")).IsOwner);
        Assert.True((await BeginAsync(_book, 4, "mine")).IsOwner);
        Assert.False((await BeginAsync(_book, 5, "mine")).IsOwner);
    }

    [Fact]
    public async Task What_is_over_its_time_is_forgotten_a_few_at_each_call()
    {
        for (var payment = 0; payment < 40; payment++)
        {
            await BeginAsync(_book, payment, "mine");
            await _book.EndAsync(TestOrders.Payment(payment), Settled(), default);
        }

        _time.Advance(TimeSpan.FromMinutes(11));
        for (var call = 0; call < 3; call++)
            await BeginAsync(_book, 100 + call, "mine");

        Assert.Equal(3, RawFile.Number(_folder.Database, "SELECT count(*) FROM settlement"));
    }

    [Fact]
    public async Task One_that_ran_beyond_its_time_is_let_go_with_its_end()
    {
        await BeginAsync(_book, 1, "mine");
        _time.Advance(TimeSpan.FromMinutes(11));
        await _book.EndAsync(TestOrders.Payment(1), Settled(), default);

        Assert.Equal(0, RawFile.Number(_folder.Database, "SELECT count(*) FROM settlement"));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named_and_nothing_is_settled()
    {
        await BeginAsync(_book, 1, "mine");
        await _book.EndAsync(TestOrders.Payment(1), Settled(), default);
        await _database.DisposeAsync();
        RawFile.Execute(_folder.Database, "UPDATE settlement SET response = x'7b'");
        await using var again = BetarDatabase.Open(_folder.Database);
        var book = await OpenAsync(again);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => BeginAsync(book, 1, "mine"));

        Assert.Equal(StorageFailure.Corrupt, refusal.Failure);
        Assert.Contains(TestOrders.Payment(1).ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_out_of_range_are_named()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(_database, capacity: 0));

        Assert.Contains("Capacity is 0", fault.Message, StringComparison.Ordinal);
    }

    private static SettleResponse Settled() => new()
    {
        Success = true, Transaction = Hash, Network = "eip155:84532", Payer = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23", Amount = "7",
    };

    private Task<SettlementEntry> BeginAsync(ISettlementBook book, int payment, string? attempt) => book.BeginAsync(TestOrders.Payment(payment), attempt, Later, default);

    private Task<DurableSettlementBook> OpenAsync(BetarDatabase database, int capacity = 1_000) =>
        DurableSettlementBook.OpenAsync(database, new SettlementBookOptions { Capacity = capacity }, _time, default);

    private async Task AfterCrashAsync(Func<DurableSettlementBook, Task> check, int capacity = 1_000)
    {
        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        await check(await OpenAsync(database, capacity));
    }
}
