using Betar.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Betar.Storage.Tests.Reminders;

public sealed class SqliteReminderTableTests : ReminderTableSuite
{
    private readonly TempFolder folder = new();
    private BetarDatabase database = null!;
    private IReminderTable table = null!;

    protected override IReminderTable Table => table;

    public override async Task InitializeAsync()
    {
        database = BetarDatabase.Open(folder.Database);
        table = new ServiceCollection().AddBetarStorage("any", database).BuildServiceProvider().GetRequiredService<IReminderTable>();
        await table.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Rows_survive_a_restart()
    {
        var etag = await Table.UpsertRow(Entry("alice", "renew"));
        await database.DisposeAsync();
        await InitializeAsync();
        Assert.Equal(etag, (await Table.ReadRow(Grain("alice"), "renew"))!.ETag);
    }

    [Fact]
    public async Task A_reminder_made_again_does_not_answer_to_its_old_etag()
    {
        var old = await Table.UpsertRow(Entry("alice", "renew"));
        Assert.True(await Table.RemoveRow(Grain("alice"), "renew", old!));
        await Table.UpsertRow(Entry("alice", "renew"));
        Assert.False(await Table.RemoveRow(Grain("alice"), "renew", old!));
    }

    [Fact]
    public async Task Rows_with_another_engines_hash_are_found_after_a_start()
    {
        await Table.UpsertRow(Entry("alice", "renew"));
        await database.DisposeAsync();
        var right = Grain("alice").GetUniformHashCode();
        RawFile.Execute(folder.Database, $"UPDATE reminder SET hash={right - 1}");
        await InitializeAsync();
        Assert.Single((await Table.ReadRows(right - 1, right)).Reminders);
    }

    [Fact]
    public async Task An_upsert_puts_its_etag_into_the_entry()
    {
        var entry = Entry("alice", "renew");
        var etag = await Table.UpsertRow(entry);
        Assert.Equal(etag, entry.ETag);
        Assert.True(await Table.RemoveRow(entry.GrainId, entry.ReminderName, entry.ETag!));
    }
}
