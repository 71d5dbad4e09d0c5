using Betar.Storage.Market;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Market;

public sealed class MarketDatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File(MarketDatabase.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_a_file_of_its_own_kind()
    {
        await using (MarketDatabase.Open(File))
            Assert.Equal("market.db", Path.GetFileName(File));

        Assert.Equal(MarketSchema.ApplicationId, RawFile.Number(File, "PRAGMA application_id"));
        Assert.Equal(MarketSchema.Migrations[^1].Version, RawFile.Number(File, "PRAGMA user_version"));
    }

    [Fact]
    public async Task The_ledgers_file_is_not_taken_for_it_nor_it_for_the_ledgers()
    {
        await using (BetarDatabase.Open(_folder.Database))
            Assert.Equal(StorageFailure.NotADatabase, Assert.Throws<StorageException>(() => MarketDatabase.Open(_folder.Database)).Failure);
        await using (MarketDatabase.Open(File))
            Assert.Equal(StorageFailure.NotADatabase, Assert.Throws<StorageException>(() => BetarDatabase.Open(File)).Failure);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named() =>
        Assert.Equal(StorageFailure.NotFound, Assert.Throws<StorageException>(() => MarketDatabase.Open(Path.Combine(_folder.Root, "nowhere", "market.db"))).Failure);

    [Fact]
    public void Faulty_options_are_refused() => Assert.Throws<ArgumentException>(() => MarketDatabase.Open(File, new BetarDatabaseOptions { MaxBatch = 0 }));

    [Fact]
    public async Task What_is_closed_takes_nothing()
    {
        var database = MarketDatabase.Open(File);
        await database.DisposeAsync();
        await database.DisposeAsync();

        await database.Stopped;
        await Assert.ThrowsAsync<StorageException>(async () => await database.Replica.CommitAsync(new(), default));
    }
}
