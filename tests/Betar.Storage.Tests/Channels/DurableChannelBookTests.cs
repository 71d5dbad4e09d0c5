using Betar.Ethereum;
using Betar.Storage.Channels;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Tests.Channels;

/// <summary>A channel after every step that a process can die behind.</summary>
public sealed class DurableChannelBookTests : IAsyncLifetime
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
    public async Task A_channel_that_nobody_filled_is_not_there()
    {
        Assert.Null(await _book.FindAsync(Channel(1).Id, default));
        Assert.Equal(BatchReasons.ChannelNotFound, (await _book.ChargeAsync(Channel(1), 1, Signed, 1, null, default)).Outcome.Reason);
    }

    [Fact]
    public async Task A_deposit_fills_once_also_after_a_crash()
    {
        await _book.DepositedAsync(Channel(1), TestOrders.NonceOf(1), 5_000, default);

        await AfterCrashAsync(async book =>
        {
            await book.DepositedAsync(Channel(1), TestOrders.NonceOf(1), 5_000, default);
            Assert.Equal((AtomicAmount)5_000, (await book.FindAsync(Channel(1).Id, default))!.Balance);
            await book.DepositedAsync(Channel(1), TestOrders.NonceOf(2), 1_000, default);
            await book.DepositedAsync(Channel(2), TestOrders.NonceOf(1), 7, default);
            Assert.Equal((AtomicAmount)6_000, (await book.FindAsync(Channel(1).Id, default))!.Balance);
            Assert.Equal((AtomicAmount)7, (await book.FindAsync(Channel(2).Id, default))!.Balance);
        });
    }

    [Fact]
    public async Task A_voucher_that_is_rolled_back_after_a_crash_is_refused()
    {
        await _book.DepositedAsync(Channel(1), TestOrders.NonceOf(1), 5_000, default);
        await ChargeAsync(_book, 1_000, "one");
        await ChargeAsync(_book, 2_000, "two");

        await AfterCrashAsync(async book =>
        {
            var state = (await book.FindAsync(Channel(1).Id, default))!;
            Assert.Equal(((AtomicAmount)2_000, (AtomicAmount)2_000, Convert.ToHexString(Signed)), (state.Charged, state.SignedMax, Convert.ToHexString(state.Signature.Span)));
            foreach (var (max, step) in new (ulong, string?)[] { (1_000, "one"), (1_000, null), (2_000, null), (2_000, "other"), (2_999, "new") })
            {
                var (outcome, _) = await book.ChargeAsync(Channel(1), max, Signed, 1_000, step, default);
                Assert.Equal(BatchReasons.ChargeExceedsSigned, outcome.Reason);
            }

            Assert.Equal((AtomicAmount)2_000, (await book.FindAsync(Channel(1).Id, default))!.Charged);
            Assert.Equal((AtomicAmount)3_000, (await ChargeAsync(book, 3_000, "three")).Charged);
        });
    }

    [Fact]
    public async Task A_charge_whose_answer_was_lost_in_a_crash_is_accepted_again_and_made_once()
    {
        await _book.DepositedAsync(Channel(1), TestOrders.NonceOf(1), 5_000, default);
        await ChargeAsync(_book, 1_000, "one");

        await AfterCrashAsync(async book => Assert.Equal((AtomicAmount)1_000, (await ChargeAsync(book, 1_000, "one")).Charged));
    }

    [Fact]
    public async Task A_voucher_is_charged_once_by_64_at_once()
    {
        await _book.DepositedAsync(Channel(1), TestOrders.NonceOf(1), 5_000, default);

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _book.ChargeAsync(Channel(1), 1_000, Signed, 1_000, null, default))));

        Assert.Single(all, charged => charged.Outcome.IsAccepted);
    }

    [Fact]
    public async Task Whatever_the_book_in_memory_does_the_one_on_disk_does()
    {
        var random = new Random(TestSeed.Value);
        var model = new MemoryChannelBook(_time);
        for (var step = 0; step < 400; step++)
        {
            var channel = Channel(random.Next(3));
            if (random.Next(10) == 0)
            {
                var (nonce, amount) = (TestOrders.NonceOf(random.Next(12)), (AtomicAmount)(ulong)random.Next(1, 50));
                await Task.WhenAll(model.DepositedAsync(channel, nonce, amount, default), _book.DepositedAsync(channel, nonce, amount, default));
            }
            else
            {
                AtomicAmount max = (ulong)random.Next(60), amount = (ulong)random.Next(1, 4);
                var name = random.Next(3) == 0 ? null : $"{random.Next(3)}";
                var expected = await model.ChargeAsync(channel, max, Signed, amount, name, default);
                var charged = await _book.ChargeAsync(channel, max, Signed, amount, name, default);
                Assert.True(expected.Outcome == charged.Outcome, $"Seed {TestSeed.Value}, step {step}: {charged.Outcome} instead of {expected.Outcome}.");
            }

            var (want, have) = (await model.FindAsync(channel.Id, default), await _book.FindAsync(channel.Id, default));
            Assert.True(Text(want) == Text(have), $"Seed {TestSeed.Value}, step {step}: {Text(have)} instead of {Text(want)}.");
        }

        static string Text(ChannelState? state) => state is null
            ? "none"
            : $"{state.Balance} {state.TotalClaimed} {state.Charged} {state.SignedMax} {state.LastStep} {state.Channel} {state.UnclaimedSince:O} {Convert.ToHexString(state.Signature.Span)}";
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named()
    {
        await _book.DepositedAsync(Channel(1), TestOrders.NonceOf(1), 5_000, default);
        RawFile.Execute(_folder.Database, "UPDATE channel SET charged = '-1'");

        var refusal = await Assert.ThrowsAsync<StorageException>(() => _book.FindAsync(Channel(1).Id, default));

        Assert.Equal(StorageFailure.Corrupt, refusal.Failure);
        await Assert.ThrowsAsync<StorageException>(() => _book.ChargeAsync(Channel(1), 1_000, Signed, 1_000, null, default));
    }

    private static PaymentChannel Channel(int number) => TestOrders.Channel(number);

    private static async Task<ChannelState> ChargeAsync(DurableChannelBook book, ulong max, string step)
    {
        var (outcome, state) = await book.ChargeAsync(Channel(1), max, Signed, 1_000, step, default);
        Assert.True(outcome.IsAccepted, outcome.ToString());
        return state!;
    }

    private async Task AfterCrashAsync(Func<DurableChannelBook, Task> check)
    {
        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        await check(new DurableChannelBook(database, _time));
    }
}
