using Betar.Storage.Database;
using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Database;

public sealed class MigrationTests : IDisposable
{
    private static readonly Migration Second = new(2, "CREATE TABLE extra (x INTEGER); ALTER TABLE grain_state ADD COLUMN note TEXT;");
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_older_file_is_brought_forward_and_copied_first()
    {
        await MakeVersion1Async();
        await using (var database = Open(Schema.Migrations[0], Second))
            Assert.True((await database.Ledger.TotalsAsync(default)).Conserved);

        Assert.Equal(2, RawFile.Number(folder.Database, "PRAGMA user_version"));
        Assert.Equal(0, RawFile.Number(folder.Database, "SELECT count(*) FROM extra"));
        Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM ledger"));

        var copy = folder.Database + ".before-v2";
        Assert.Equal(1, RawFile.Number(copy, "PRAGMA user_version"));
        await using var old = BetarDatabase.Open(copy);
        Assert.True((await old.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task A_copy_that_is_there_already_is_kept()
    {
        await MakeVersion1Async();
        await File.WriteAllTextAsync(folder.Database + ".before-v2", "precious");
        await using (Open(Schema.Migrations[0], Second))
        {
        }

        Assert.Equal("precious", await File.ReadAllTextAsync(folder.Database + ".before-v2"));
        Assert.Equal(1, RawFile.Number(folder.Database + ".before-v2.2", "SELECT count(*) FROM ledger"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_old_version_whole()
    {
        await MakeVersion1Async();
        Assert.Throws<StorageException>(() => Open(Schema.Migrations[0], new Migration(2, "CREATE TABLE half (x); SELECT no_such_function();")));
        Assert.Equal(1, RawFile.Number(folder.Database, "PRAGMA user_version"));
        Assert.Equal(0, RawFile.Number(folder.Database, "SELECT count(*) FROM sqlite_schema WHERE name='half'"));
        await using var database = BetarDatabase.Open(folder.Database);
        Assert.True((await database.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Several_steps_are_taken_in_order()
    {
        await MakeVersion1Async();
        await using (Open(Schema.Migrations[0], Second, new Migration(3, "INSERT INTO extra VALUES (7);")))
        {
        }

        Assert.Equal(7, RawFile.Number(folder.Database, "SELECT x FROM extra"));
        Assert.Equal(3, RawFile.Number(folder.Database, "PRAGMA user_version"));
        Assert.True(File.Exists(folder.Database + ".before-v3"));
    }

    [Fact]
    public async Task Reading_does_not_migrate()
    {
        await MakeVersion1Async();
        var refusal = Assert.Throws<StorageException>(() =>
            BetarDatabase.Open(folder.Database, null, null, null, readOnly: true, [Schema.Migrations[0], Second]));
        Assert.Equal(StorageFailure.ReadOnly, refusal.Failure);
        Assert.Equal(1, RawFile.Number(folder.Database, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_new_file_needs_no_copy()
    {
        await using (Open(Schema.Migrations[0], Second))
        {
        }

        Assert.Equal([BetarDatabase.FileName], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    /// <summary>The text of a released version never changes; a new version is a new step.</summary>
    [Fact]
    public void Version_1_is_as_it_was_released()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Schema.Migrations[0].Sql));
        Assert.Equal("aa8554e5c73ec8a1", Convert.ToHexStringLower(digest)[..16]);
    }

    [Fact]
    public void Version_2_is_as_it_was_released()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Schema.Migrations[1].Sql));
        Assert.Equal("55096fe85f0643dc", Convert.ToHexStringLower(digest)[..16]);
    }

    [Fact]
    public void Version_3_is_as_it_was_released()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Schema.Migrations[2].Sql));
        Assert.Equal("821d40bb156e2684", Convert.ToHexStringLower(digest)[..16]);
    }

    [Fact]
    public void Version_4_is_as_it_was_released()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Schema.Migrations[3].Sql));
        Assert.Equal("7741c3ec9f184791", Convert.ToHexStringLower(digest)[..16]);
    }

    [Fact]
    public void Version_5_is_as_it_was_released()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Schema.Migrations[4].Sql));
        Assert.Equal("f875332dc4e26379", Convert.ToHexStringLower(digest)[..16]);
    }

    [Fact]
    public async Task A_file_of_version_1_gets_a_place_for_peers()
    {
        await MakeVersion1Async();
        await using var database = BetarDatabase.Open(folder.Database);
        Assert.Equal(0, await database.Peers.CountAsync(default));
        Assert.True((await database.Ledger.VerifyAsync(default)).Ok);
    }

    private BetarDatabase Open(params Migration[] migrations) => BetarDatabase.Open(folder.Database, null, null, null, readOnly: false, migrations);

    private async Task MakeVersion1Async()
    {
        await using var database = Open(Schema.Migrations[0]);
        await database.Ledger.RunAsync(1, LedgerKind.Reserved);
    }
}
