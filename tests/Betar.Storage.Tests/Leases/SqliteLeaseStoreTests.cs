using Betar.Storage.Leases;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Leases;

public sealed class SqliteLeaseStoreTests : LeaseStoreTests, IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private BetarDatabase _database = null!;

    protected override ILeaseStore Store => _database.Leases;

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database, time: Time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void All_share_one_store_and_its_clock()
    {
        Assert.Same(_database.Leases, _database.Leases);
        Assert.Same(Time, _database.Leases.Clock);
    }

    [Fact]
    public async Task Sixty_four_who_ask_at_once_get_one_term()
    {
        LeaseAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => AcquireAsync($"holder-{number}").AsTask()));
        LeaseAnswer granted = Assert.Single(answers, answer => answer.Granted);
        Assert.All(answers, answer => Assert.Equal((granted.Holder, 1), (answer.Holder, answer.Epoch)));
    }

    /// <summary>A process that dies after any of these writes leaves what it was told; an epoch is never given twice.</summary>
    [Fact]
    public async Task After_a_crash_at_each_write_the_lease_stands_as_it_was_told()
    {
        Func<ValueTask>[] writes =
        [
            async () => await AcquireAsync("a"),
            async () => await RenewAsync("a", 1),
            async () => await Store.ReleaseAsync(Name, "a", 1, default),
            async () => await AcquireAsync("b"),
            async () => await AcquireAsync("b"),
            async () => await Store.BreakAsync(Name, default),
            async () => await AcquireAsync("c"),
        ];
        foreach (var write in writes)
        {
            await write();
            Time.Pass(TimeSpan.FromMilliseconds(100));
            LeaseAnswer told = (await Store.FindAsync(Name, default))!.Value;
            await using var left = BetarDatabase.Open(Crash.Copy(_folder), time: Time);
            Assert.Equal(told, await left.Leases.FindAsync(Name, default));
            LeaseAnswer next = await left.Leases.AcquireAsync(Name, "next", Length, default);
            Assert.Equal((!told.Granted, told.Granted ? told.Epoch : told.Epoch + 1), (next.Granted, next.Epoch));
        }
    }

    [Fact]
    public async Task After_a_restart_a_term_runs_on_and_who_has_the_folder_may_break_it()
    {
        await AcquireAsync("a");
        Time.Pass(TimeSpan.FromSeconds(1));
        await _database.DisposeAsync();
        _database = BetarDatabase.Open(_folder.Database, time: Time);

        Assert.Equal(new LeaseAnswer(false, "a", 1, TimeSpan.FromSeconds(3)), await AcquireAsync("b"));
        Assert.True(await Store.BreakAsync(Name, default));
        Assert.Equal(new LeaseAnswer(true, "b", 2, Length), await AcquireAsync("b"));
    }

    [Fact]
    public async Task A_file_of_version_8_gets_a_place_for_leases()
    {
        string path = _folder.File("older.db");
        await using (BetarDatabase.Open(path, null, null, null, readOnly: false, [.. Storage.Database.Schema.Migrations.Take(8)]))
        {
        }

        await using BetarDatabase database = BetarDatabase.Open(path, time: Time);
        Assert.True((await database.Leases.AcquireAsync(Name, "a", Length, default)).Granted);
    }

    [Fact]
    public void The_table_is_as_it_was_released()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(LeaseSchema.Version9));
        Assert.Equal("898083e0eb1576c1", Convert.ToHexStringLower(digest)[..16]);
    }
}
