using Betar.Ethereum;
using Betar.Storage.PaidRequests;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402.Selling;

namespace Betar.Storage.Tests.PaidRequests;

/// <summary>A paid request after every step that a process can die behind.</summary>
public sealed class DurablePaidRequestStoreTests : IAsyncLifetime
{
    private static readonly StoredAnswer Answer = new(
        201, [new("Content-Type", "text/plain"), new("Set-Cookie", "a=1"), new("Set-Cookie", "b=\"ü\"")], new byte[] { 0, 255, 10, 13 });

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurablePaidRequestStore _store = null!;

    public async Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _store = await OpenAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_final_answer_comes_again_byte_for_byte_for_a_day()
    {
        await BeginAsync(_store, 1);
        await _store.PrepareAsync(TestOrders.Payment(1), new StoredAnswer(200, [], new byte[] { 1 }), default);
        await _store.CompleteAsync(TestOrders.Payment(1), Answer, default);

        await AfterCrashAsync(async store =>
        {
            _time.Advance(TimeSpan.FromHours(24));
            await BeginAsync(store, 2);
            AssertAnswer((await BeginAsync(store, 1)).Answer);
            Assert.True((await BeginAsync(store, 1, request: 2)).IsConflict);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True((await BeginAsync(store, 1)).IsOwner);
        });
    }

    [Fact]
    public async Task Before_the_work_the_payment_stays_with_its_request()
    {
        Assert.Equal(PaidEntry.Owner, await BeginAsync(_store, 1));

        await AfterCrashAsync(async store =>
        {
            Assert.True((await BeginAsync(store, 1, request: 2)).IsConflict);
            Assert.Equal(PaidEntry.Resumed(null), await BeginAsync(store, 1));
        });
    }

    [Fact]
    public async Task Before_the_settlement_the_work_is_kept_and_not_done_again()
    {
        await BeginAsync(_store, 1);
        await _store.PrepareAsync(TestOrders.Payment(1), Answer, default);

        await AfterCrashAsync(async store =>
        {
            var resumed = await BeginAsync(store, 1);
            Assert.True(resumed is { IsOwner: true, IsResumed: true });
            AssertAnswer(resumed.Prepared);
        });
    }

    [Fact]
    public async Task What_was_released_is_as_if_it_had_never_been_seen()
    {
        await BeginAsync(_store, 1);
        await _store.PrepareAsync(TestOrders.Payment(1), Answer, default);
        await _store.ReleaseAsync(TestOrders.Payment(1), default);

        await AfterCrashAsync(async store => Assert.Equal(PaidEntry.Owner, await BeginAsync(store, 1, request: 2)));
    }

    [Fact]
    public async Task Of_many_at_once_one_works_and_the_others_wait_for_its_answer()
    {
        Assert.True((await BeginAsync(_store, 1)).IsOwner);
        var others = Enumerable.Range(0, 16).Select(_ => BeginAsync(_store, 1)).ToList();
        Assert.True((await BeginAsync(_store, 1, request: 2)).IsConflict);
        Assert.All(others, other => Assert.False(other.IsCompleted));

        await _store.CompleteAsync(TestOrders.Payment(1), Answer, default);

        Assert.All(await Task.WhenAll(others), other => AssertAnswer(other.Answer));
    }

    [Fact]
    public async Task Who_yields_lets_one_other_go_on()
    {
        await BeginAsync(_store, 1);
        await _store.PrepareAsync(TestOrders.Payment(1), Answer, default);
        var others = Enumerable.Range(0, 4).Select(_ => BeginAsync(_store, 1)).ToList();

        await _store.YieldAsync(TestOrders.Payment(1), default);

        var next = await Task.WhenAny(others);
        AssertAnswer((await next).Prepared);
        Assert.Equal(3, others.Count(other => !other.IsCompleted));
        await _store.CompleteAsync(TestOrders.Payment(1), Answer, default);
        others.Remove(next);
        Assert.All(await Task.WhenAll(others), other => AssertAnswer(other.Answer));
    }

    [Fact]
    public async Task Who_gave_up_waiting_holds_nobody_up()
    {
        await BeginAsync(_store, 1);
        using var gone = new CancellationTokenSource();
        var waiting = _store.BeginAsync(TestOrders.Payment(1), Request(1), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await _store.YieldAsync(TestOrders.Payment(1), default);

        Assert.True((await BeginAsync(_store, 1)).IsResumed);
    }

    [Fact]
    public async Task When_the_disk_refuses_nobody_holds_the_payment()
    {
        await BeginAsync(_store, 1);
        await _database.DisposeAsync();

        await Assert.ThrowsAsync<StorageException>(() => _store.CompleteAsync(TestOrders.Payment(1), Answer, default));
        await _store.YieldAsync(TestOrders.Payment(1), default);
        await Assert.ThrowsAsync<StorageException>(() => BeginAsync(_store, 1));
        await Assert.ThrowsAsync<StorageException>(() => BeginAsync(_store, 1));

        await using var again = BetarDatabase.Open(_folder.Database);
        Assert.True((await BeginAsync(await OpenAsync(again), 1)).IsResumed);
    }

    [Fact]
    public async Task A_full_store_touches_nothing_new_and_keeps_what_it_has()
    {
        _store = await OpenAsync(_database, new PaidRequestOptions { MaxEntries = 2 });
        await BeginAsync(_store, 1);
        await _store.CompleteAsync(TestOrders.Payment(1), Answer, default);
        await BeginAsync(_store, 2);

        var full = await Task.WhenAll(Enumerable.Range(3, 8).Select(payment => BeginAsync(_store, payment)));
        Assert.All(full, entry => Assert.True(entry.IsFull));
        AssertAnswer((await BeginAsync(_store, 1)).Answer);

        await _store.ReleaseAsync(TestOrders.Payment(2), default);
        Assert.True((await BeginAsync(_store, 3)).IsOwner);
        await AfterCrashAsync(async store => Assert.True((await BeginAsync(store, 4)).IsFull), new PaidRequestOptions { MaxEntries = 2 });
    }

    [Fact]
    public async Task Bytes_of_answers_have_a_limit()
    {
        _store = await OpenAsync(_database, new PaidRequestOptions { MaxBytes = 50 });
        await BeginAsync(_store, 1);
        await _store.PrepareAsync(TestOrders.Payment(1), new StoredAnswer(200, [], new byte[49]), default);
        Assert.True((await BeginAsync(_store, 2)).IsOwner);
        await _store.CompleteAsync(TestOrders.Payment(1), new StoredAnswer(200, [new("a", "b")], new byte[49]), default);

        Assert.True((await BeginAsync(_store, 3)).IsFull);
        await AfterCrashAsync(async store => Assert.True((await BeginAsync(store, 3)).IsFull), new PaidRequestOptions { MaxBytes = 50 });
        _time.Advance(TimeSpan.FromHours(25));
        Assert.True((await BeginAsync(_store, 3)).IsOwner);
    }

    [Theory]
    [InlineData("headers = x'7b'")]
    [InlineData("headers = cast('[\"a\"]' AS BLOB)")]
    [InlineData("state = 9")]
    [InlineData("fingerprint = x'00'")]
    public async Task A_row_that_cannot_be_read_stops_the_store(string damage)
    {
        await BeginAsync(_store, 1);
        await _store.CompleteAsync(TestOrders.Payment(1), Answer, default);
        RawFile.Execute(_folder.Database, "UPDATE paid_request SET " + damage);

        Assert.Equal(StorageFailure.Corrupt, (await Assert.ThrowsAsync<StorageException>(() => BeginAsync(_store, 1))).Failure);

        // The writer tells the caller first and stops then.
        await Assert.ThrowsAnyAsync<Exception>(() => _database.Stopped.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_buyer_finds_what_it_bought_with_exactly_this_request()
    {
        await BeginAsync(_store, 1);
        Assert.Null(await FindAsync(_store));
        await _store.PrepareAsync(TestOrders.Payment(1), Answer, default);
        Assert.Null(await FindAsync(_store));
        await _store.CompleteAsync(TestOrders.Payment(1), Answer with { Status = 202 }, default);
        await BeginAsync(_store, 2);
        await _store.CompleteAsync(TestOrders.Payment(2), Answer, default);

        await AfterCrashAsync(async store =>
        {
            AssertAnswer(await FindAsync(store));
            Assert.Null(await FindAsync(store, payer: 2));
            Assert.Null(await FindAsync(store, request: 2));
            _time.Advance(TimeSpan.FromHours(24));
            AssertAnswer(await FindAsync(store));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(await FindAsync(store));
        });

        static Task<StoredAnswer?> FindAsync(DurablePaidRequestStore store, int payer = 1, int request = 1) =>
            store.FindAsync(TestOrders.Payer(payer), Request(request), default);
    }

    [Fact]
    public void Options_out_of_range_are_all_named() =>
        Assert.Equal(4, new PaidRequestOptions { Keep = TimeSpan.FromHours(23), MaxEntries = 0, MaxBytes = 0, MaxNames = 0 }.Faults().Count);

    private static Hash32 Request(int number) => TestOrders.NonceOf(number).Value;

    private static Task<PaidEntry> BeginAsync(DurablePaidRequestStore store, int payment, int request = 1) =>
        store.BeginAsync(TestOrders.Payment(payment), Request(request), default);

    private static void AssertAnswer(StoredAnswer? answer)
    {
        Assert.NotNull(answer);
        Assert.Equal((Answer.Status, Convert.ToHexString(Answer.Body.Span)), (answer.Status, Convert.ToHexString(answer.Body.Span)));
        Assert.Equal(Answer.Headers, answer.Headers);
    }

    private Task<DurablePaidRequestStore> OpenAsync(BetarDatabase database, PaidRequestOptions? options = null) =>
        DurablePaidRequestStore.OpenAsync(database, options ?? new PaidRequestOptions(), _time, default);

    private async Task AfterCrashAsync(Func<DurablePaidRequestStore, Task> check, PaidRequestOptions? options = null)
    {
        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        await check(await OpenAsync(database, options));
    }
}
