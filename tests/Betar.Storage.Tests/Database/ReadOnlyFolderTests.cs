using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Database;

/// <summary>A file on a disk that is mounted for reading only, as a backup is looked at.</summary>
public sealed class ReadOnlyFolderTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public async Task InitializeAsync()
    {
        await using var database = BetarDatabase.Open(folder.Database);
        await database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered);
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_file_that_was_closed_well_is_read_as_it_lies() =>
        Assert.Equal("3 entries, 0 faults", Assert.Single(await ReadAsync()));

    [Fact]
    public async Task A_log_beside_it_that_cannot_be_read_in_is_not_passed_over()
    {
        // Without the log the file would read as older than it is.
        await using (var database = BetarDatabase.Open(folder.Database))
        {
            await database.Ledger.RunAsync(2, LedgerKind.Reserved);
            File.Copy(folder.Database, folder.File("copy.db"));
            File.Copy(folder.Database + "-wal", folder.File("copy.db-wal"));
        }

        Assert.Equal(nameof(StorageFailure.NotWritable), Assert.Single(await ReadAsync("copy.db")));
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_is() => Assert.Equal(nameof(StorageFailure.NotFound), Assert.Single(await ReadAsync("none.db")));

    private Task<string[]> ReadAsync(string name = "betar.db") => Child.RunInNameSpacesAsync(
        $"mount --bind '{folder.Root}' '{folder.Root}' && mount -o remount,ro,bind '{folder.Root}' && exec dotnet exec '{Child.Assembly}' {ReadOnlyProbe.Verb} '{folder.File(name)}'");
}
