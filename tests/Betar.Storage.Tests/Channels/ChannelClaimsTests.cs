using Betar.Storage.Channels;
using Betar.Storage.Database;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Tests.Channels;

/// <summary>What is claimed, and what is being claimed, after every step that a process can die behind.</summary>
public sealed class ChannelClaimsTests : IAsyncLifetime
{
    private static readonly byte[] Signed = [.. Enumerable.Range(0, 65).Select(i => (byte)i)];

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurableChannelBook _book = null!;

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _book = new DurableChannelBook(_database, _time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_channel_is_and_since_when_it_owes_outlives_a_crash()
    {
        var since = _time.GetUtcNow();
        await OwesAsync(1, 700);
        _time.Advance(TimeSpan.FromHours(1));
        await ChargeAsync(1, 900, 200);

        await AfterCrashAsync(async book =>
        {
            var state = Assert.Single(await book.FindUnclaimedAsync(null, 10, default));
            Assert.Equal(TestOrders.Channel(1), state.Channel);
            Assert.Equal(((AtomicAmount)900, (AtomicAmount)0, since), (state.Charged, state.TotalClaimed, state.UnclaimedSince));
        });
    }

    [Fact]
    public async Task A_run_outlives_a_crash_as_it_was_begun()
    {
        var run = await BegunAsync(1, 2);

        await AfterCrashAsync(async book =>
        {
            var open = Assert.Single(await book.FindOpenAsync(default));
            Assert.Equal((run.Id, run.Network, run.Due, run.Since), (open.Id, open.Network, open.Due, open.Since));
            Assert.Equal(run.Claims.Select(Text), open.Claims.Select(Text));
            Assert.Empty(await book.FindUnclaimedAsync(null, 10, default));
        });

        static string Text(BatchClaim claim) => $"{claim.Config} {claim.MaxClaimable} {claim.TotalClaimed} {Convert.ToHexString(claim.Signature.Span)}";
    }

    [Fact]
    public async Task A_channel_is_in_one_run_at_a_time_also_after_a_crash()
    {
        await BegunAsync(1);

        await AfterCrashAsync(async book =>
        {
            Assert.False(await book.BeginAsync(await RunAsync(book, 1), default));
            await OwesAsync(2, 700, book);
            Assert.False(await book.BeginAsync(await RunAsync(book, 2, 1), default));
            Assert.Single(await book.FindOpenAsync(default));
            Assert.True(await book.BeginAsync(await RunAsync(book, 2), default));
        });
    }

    [Fact]
    public async Task Of_64_that_begin_at_once_one_does()
    {
        await OwesAsync(1, 700);
        var begun = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await _book.BeginAsync(await RunAsync(_book, 1), default))));
        Assert.Single(begun, isBegun => isBegun);
    }

    [Fact]
    public async Task What_is_claimed_outlives_a_crash_and_only_the_rest_is_owed()
    {
        var run = await BegunAsync(1, 2);
        await ChargeAsync(1, 1_000, 300);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _book.EndAsync(run, [700, 700], default);
        var at = _time.GetUtcNow();

        await AfterCrashAsync(async book =>
        {
            Assert.Empty(await book.FindOpenAsync(default));
            var left = Assert.Single(await book.FindUnclaimedAsync(null, 10, default));
            Assert.Equal((TestOrders.Channel(1).Id, (AtomicAmount)700, (AtomicAmount)1_000, at), (left.ChannelId, left.TotalClaimed, left.Charged, left.UnclaimedSince));
            Assert.Null((await book.FindAsync(TestOrders.Channel(2).Id, default))!.UnclaimedSince);
        });
    }

    [Fact]
    public async Task An_end_that_is_told_again_changes_nothing()
    {
        var run = await BegunAsync(1);
        await _book.EndAsync(run, [700], default);
        await _book.EndAsync(run, [100], default);
        Assert.Equal((AtomicAmount)700, (await _book.FindAsync(TestOrders.Channel(1).Id, default))!.TotalClaimed);
    }

    [Fact]
    public async Task What_is_owed_is_found_page_by_page_and_by_number()
    {
        foreach (var (channel, charged) in new[] { (1, 9UL), (2, 10UL), (3, 1_000UL) })
            await OwesAsync(channel, charged);
        await _book.EndAsync(await BeginAsync(2), [10], default);
        await _book.EndAsync(await BeginAsync(3), [999], default);

        var first = Assert.Single(await _book.FindUnclaimedAsync(null, 1, default));
        var second = Assert.Single(await _book.FindUnclaimedAsync(first.ChannelId, 1, default));

        Assert.Empty(await _book.FindUnclaimedAsync(second.ChannelId, 1, default));
        Assert.Equal(new[] { TestOrders.Channel(1).Id, TestOrders.Channel(3).Id }.ToHashSet(), new[] { first.ChannelId, second.ChannelId }.ToHashSet());
    }

    [Fact]
    public async Task A_channel_of_an_older_file_is_claimed_from_its_next_charge_on()
    {
        using var old = new TempFolder();
        await using (BetarDatabase.Open(old.Database, null, null, null, readOnly: false, [.. Schema.Migrations.TakeWhile(step => step.Sql != ChannelSchema.Version6)]))
        {
        }

        RawFile.Execute(old.Database, $"INSERT INTO channel VALUES (x'{TestOrders.Channel(1).Id.ToString()[2..]}', '5000', '0', '700', '700', x'{Convert.ToHexString(Signed)}', NULL)");
        await using var database = BetarDatabase.Open(old.Database);
        var book = new DurableChannelBook(database, _time);
        Assert.Null((await book.FindAsync(TestOrders.Channel(1).Id, default))!.Channel);
        Assert.Empty(await book.FindUnclaimedAsync(null, 10, default));

        Assert.True((await book.ChargeAsync(TestOrders.Channel(1), 900, Signed, 200, null, default)).Outcome.IsAccepted);

        Assert.Equal(TestOrders.Channel(1), Assert.Single(await book.FindUnclaimedAsync(null, 10, default)).Channel);
    }

    [Theory]
    [InlineData("UPDATE channel SET config = x'00'")]
    [InlineData("UPDATE channel SET network = 'nowhere'")]
    [InlineData("UPDATE channel SET id = x'00'")]
    public async Task A_channel_that_cannot_be_read_is_named(string damage)
    {
        await OwesAsync(1, 700);
        RawFile.Execute(_folder.Database, damage);
        Assert.Equal(StorageFailure.Corrupt, (await Assert.ThrowsAsync<StorageException>(() => _book.FindUnclaimedAsync(null, 10, default))).Failure);
    }

    [Theory]
    [InlineData("UPDATE claim_run SET network = 'nowhere'")]
    [InlineData("UPDATE claim_run SET due = '-1'")]
    [InlineData("UPDATE claim_entry SET config = x'00'")]
    [InlineData("UPDATE claim_entry SET total = ''")]
    [InlineData("DELETE FROM claim_entry")]
    public async Task A_run_that_cannot_be_read_is_named(string damage)
    {
        await BegunAsync(1);
        RawFile.Execute(_folder.Database, damage);
        Assert.Equal(StorageFailure.Corrupt, (await Assert.ThrowsAsync<StorageException>(() => _book.FindOpenAsync(default))).Failure);
    }

    [Fact]
    public async Task Whatever_the_book_in_memory_claims_the_one_on_disk_does()
    {
        var random = new Random(TestSeed.Value);
        var model = new MemoryChannelBook(_time);
        for (var step = 0; step < 300; step++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var channel = TestOrders.Channel(random.Next(4));
            switch (random.Next(6))
            {
                case 0:
                    var deposit = TestOrders.NonceOf(random.Next(40));
                    await Task.WhenAll(model.DepositedAsync(channel, deposit, 50, default), _book.DepositedAsync(channel, deposit, 50, default));
                    break;
                case 1 when (await model.FindUnclaimedAsync(null, 4, default)).Count > 0:
                    var run = await RunAsync(model, TestOrders.Channel(random.Next(4)));
                    Assert.Equal(await model.BeginAsync(run, default), await _book.BeginAsync(run, default));
                    break;
                case 2 when await model.FindOpenAsync(default) is [var open, ..]:
                    AtomicAmount[] claimed = [.. open.Claims.Select(claim => random.Next(2) == 0 ? claim.TotalClaimed : (AtomicAmount)0)];
                    await Task.WhenAll(model.EndAsync(open, claimed, default), _book.EndAsync(open, claimed, default));
                    break;
                default:
                    AtomicAmount max = (ulong)random.Next(60);
                    await Task.WhenAll(model.ChargeAsync(channel, max, Signed, 1, null, default), _book.ChargeAsync(channel, max, Signed, 1, null, default));
                    break;
            }

            var (want, have) = (await TextAsync(model), await TextAsync(_book));
            Assert.True(want == have, $"Seed {TestSeed.Value}, step {step}: {have} instead of {want}.");
        }

        static async Task<string> TextAsync(IChannelClaims book) =>
            string.Join(' ', (await book.FindUnclaimedAsync(null, 10, default)).Select(state => $"{state} {state.TotalClaimed} {state.UnclaimedSince:O} {state.Channel}"))
            + string.Join(' ', (await book.FindOpenAsync(default)).Select(run => run.Id.ToString()).Order(StringComparer.Ordinal));
    }

    private async Task OwesAsync(int channel, ulong charged, DurableChannelBook? book = null)
    {
        await (book ?? _book).DepositedAsync(TestOrders.Channel(channel), TestOrders.NonceOf(channel), 5_000, default);
        Assert.True((await (book ?? _book).ChargeAsync(TestOrders.Channel(channel), charged, Signed, charged, null, default)).Outcome.IsAccepted);
    }

    private async Task ChargeAsync(int channel, ulong max, ulong amount) =>
        Assert.True((await _book.ChargeAsync(TestOrders.Channel(channel), max, Signed, amount, null, default)).Outcome.IsAccepted);

    private async Task<ClaimRun> BegunAsync(params int[] channels)
    {
        foreach (var channel in channels)
            await OwesAsync(channel, 700);
        return await BeginAsync(channels);
    }

    private async Task<ClaimRun> BeginAsync(params int[] channels)
    {
        var run = await RunAsync(_book, channels);
        Assert.True(await _book.BeginAsync(run, default));
        return run;
    }

    private Task<ClaimRun> RunAsync(IChannelBook book, params int[] channels) => RunAsync(book, [.. channels.Select(number => TestOrders.Channel(number))]);

    private async Task<ClaimRun> RunAsync(IChannelBook book, params PaymentChannel[] channels)
    {
        var claims = new List<BatchClaim>();
        foreach (var channel in channels)
        {
            var state = await book.FindAsync(channel.Id, default);
            claims.Add(new BatchClaim(channel.Config, state?.SignedMax ?? 0, Signed, state?.Charged ?? 0));
        }

        return new ClaimRun(Nonce.Random(), NetworkId.BaseSepolia, claims, 123, _time.GetUtcNow());
    }

    private async Task AfterCrashAsync(Func<DurableChannelBook, Task> check)
    {
        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        await check(new DurableChannelBook(database, _time));
    }
}
