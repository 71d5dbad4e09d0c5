using Betar.Storage.Peers;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.Peers;

public sealed class SqlitePeerTableTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private BetarDatabase _database = null!;

    private IPeerTable Table => _database.Peers;

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stranger_is_not_found() => Assert.Null(await Table.FindAsync(Id(1), default));

    [Fact]
    public async Task A_row_is_there_after_a_restart()
    {
        await PutAsync(1, minutes: 7, known: [1, 2, 3]);
        await _database.DisposeAsync();
        _database = BetarDatabase.Open(_folder.Database);

        var row = await Table.FindAsync(Id(1), default);

        Assert.NotNull(row);
        Assert.Equal([1, 2, 3], row.Value.Known.ToArray());
        Assert.Equal(Start.AddMinutes(7), row.Value.SeenAt);
        Assert.Equal(Id(1), row.Value.Id.ToArray());
    }

    [Fact]
    public async Task Putting_again_replaces()
    {
        await PutAsync(1, minutes: 1, known: [1]);
        await PutAsync(1, minutes: 2, known: []);

        var row = await Table.FindAsync(Id(1), default);

        Assert.Equal((Start.AddMinutes(2), 0), (row!.Value.SeenAt, row.Value.Known.Length));
        Assert.Equal(1, await Table.CountAsync(default));
    }

    [Fact]
    public async Task Above_the_most_those_leave_who_were_not_seen_for_longest()
    {
        for (byte peer = 1; peer <= 3; peer++)
            await PutAsync(peer, minutes: peer, most: 3);
        await PutAsync(1, minutes: 10, most: 3);

        await PutAsync(4, minutes: 5, most: 3);

        Assert.Equal(3, await Table.CountAsync(default));
        Assert.Null(await Table.FindAsync(Id(2), default));
        foreach (byte peer in new byte[] { 1, 3, 4 })
            Assert.NotNull(await Table.FindAsync(Id(peer), default));
    }

    [Fact]
    public async Task Those_who_are_worth_more_stay_however_many_strangers_come()
    {
        await PutAsync(1, minutes: 0, most: 3, worth: 2);
        await PutAsync(2, minutes: 1, most: 3, worth: 1);
        for (byte peer = 10; peer < 40; peer++)
            await PutAsync(peer, minutes: peer, most: 3);

        Assert.Equal((2, Start), ((await Table.FindAsync(Id(1), default))!.Value.Worth, (await Table.FindAsync(Id(1), default))!.Value.SeenAt));
        Assert.NotNull(await Table.FindAsync(Id(2), default));
        Assert.NotNull(await Table.FindAsync(Id(39), default));
        Assert.Equal(3, await Table.CountAsync(default));
    }

    [Fact]
    public async Task The_best_come_first_and_no_more_than_wanted()
    {
        Assert.Empty(await Table.BestAsync(5, default));
        await PutAsync(1, minutes: 1, worth: 1);
        await PutAsync(2, minutes: 3, worth: 1, known: [7]);
        await PutAsync(3, minutes: 2, worth: 3);

        IReadOnlyList<PeerTableRow> best = await Table.BestAsync(2, default);
        Assert.Equal([Id(3), Id(2)], best.Select(row => row.Id.ToArray()));
        Assert.Equal((Start.AddMinutes(3), 1, 7), (best[1].SeenAt, best[1].Worth, best[1].Known.Span[0]));
        Assert.Equal(3, (await Table.BestAsync(10, default)).Count);
    }

    [Fact]
    public async Task Putting_again_replaces_the_worth()
    {
        await PutAsync(1, minutes: 1, worth: 3);
        await PutAsync(1, minutes: 2, worth: 1);
        Assert.Equal(1, (await Table.FindAsync(Id(1), default))!.Value.Worth);
    }

    [Fact]
    public async Task A_row_that_nobody_saw_for_too_long_leaves_whatever_it_was_worth()
    {
        await PutAsync(1, minutes: 1, worth: 3);
        await PutAsync(2, minutes: 9, forgetBefore: 5);
        Assert.Null(await Table.FindAsync(Id(1), default));
    }

    [Fact]
    public async Task A_newcomer_that_was_seen_before_all_others_does_not_stay()
    {
        await PutAsync(1, minutes: 2, most: 1);
        await PutAsync(2, minutes: 1, most: 1);

        Assert.NotNull(await Table.FindAsync(Id(1), default));
        Assert.Equal(1, await Table.CountAsync(default));
    }

    [Fact]
    public async Task A_smaller_most_than_before_takes_effect_with_the_next_newcomer()
    {
        for (byte peer = 1; peer <= 6; peer++)
            await PutAsync(peer, minutes: peer);

        await PutAsync(7, minutes: 7, most: 2);

        Assert.Equal(2, await Table.CountAsync(default));
        Assert.NotNull(await Table.FindAsync(Id(6), default));
    }

    [Fact]
    public async Task Those_who_were_not_seen_since_leave_exactly_then()
    {
        await PutAsync(1, minutes: 4);
        await PutAsync(2, minutes: 5);

        await PutAsync(3, minutes: 9, forgetBefore: 5);

        Assert.Null(await Table.FindAsync(Id(1), default));
        Assert.NotNull(await Table.FindAsync(Id(2), default));
    }

    [Fact]
    public async Task Room_for_nobody_is_a_mistake() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PutAsync(1, minutes: 1, most: 0));

    [Fact]
    public async Task A_file_that_is_open_for_reading_takes_nothing()
    {
        await PutAsync(1, minutes: 1);
        await using var reading = BetarDatabase.OpenReadOnly(_folder.Database);

        Assert.NotNull(await reading.Peers.FindAsync(Id(1), default));
        var refusal = await Assert.ThrowsAsync<StorageException>(
            () => reading.Peers.PutAsync(new PeerTableRow(Id(2), Start, default), 10, Start, default).AsTask());
        Assert.Equal(StorageFailure.ReadOnly, refusal.Failure);
    }

    [Fact]
    public async Task Whatever_a_model_does_the_table_does()
    {
        var random = new Random(TestSeed.Value);
        var model = new Dictionary<byte, int>();
        for (var step = 0; step < 300; step++)
        {
            // No two at the same time, so that the model knows who leaves.
            var peer = (byte)random.Next(20);
            var isNew = !model.ContainsKey(peer);
            await PutAsync(peer, minutes: step, most: 8, forgetBefore: step - 40);
            model[peer] = step;
            if (isNew)
            {
                foreach (var old in model.Where(entry => entry.Value < step - 40).ToList())
                    model.Remove(old.Key);
                foreach (var many in model.OrderByDescending(entry => entry.Value).Skip(8).ToList())
                    model.Remove(many.Key);
            }

            var count = await Table.CountAsync(default);
            Assert.True(model.Count == count, $"Seed {TestSeed.Value}, step {step}: {count} rows instead of {model.Count}.");
        }

        foreach (var (peer, minutes) in model)
            Assert.Equal(Start.AddMinutes(minutes), (await Table.FindAsync(Id(peer), default))!.Value.SeenAt);
    }

    private static byte[] Id(byte number) => [0, 36, 8, 1, 18, 32, .. Enumerable.Repeat(number, 32)];

    private Task PutAsync(byte peer, int minutes, int most = 100, int forgetBefore = -1_000, byte[]? known = null, int worth = 0) => Table.PutAsync(
        new PeerTableRow(Id(peer), Start.AddMinutes(minutes), known ?? [peer], worth), most, Start.AddMinutes(forgetBefore), default).AsTask();
}
