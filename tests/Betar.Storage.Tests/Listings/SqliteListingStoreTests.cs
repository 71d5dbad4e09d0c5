using Betar.Marketplace.Exchange;
using Betar.Storage.Market;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Listings;

public sealed class SqliteListingStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_at = new(2030, 1, 1, 0, 0, 0, 7, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private MarketDatabase _database = null!;

    private string File => _folder.File(MarketDatabase.FileName);

    private IListingStore Store => _database.Listings;

    public Task InitializeAsync()
    {
        _database = MarketDatabase.Open(File);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_store_is_empty() => Assert.Empty(await Store.LoadAsync(default));

    [Fact]
    public async Task Rows_are_there_after_a_restart_as_they_were()
    {
        await Store.PutAsync([Row("a", [1, 2, 3]), new ListingRow("b", ReadOnlyMemory<byte>.Empty, default, null, 0, 2, null)], default);
        await _database.DisposeAsync();
        _database = MarketDatabase.Open(File);

        Dictionary<string, ListingRow> rows = (await Store.LoadAsync(default)).ToDictionary(row => row.Id);
        Assert.Equal(["a", "b"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], rows["a"].Record.ToArray());
        Assert.Equal([9, 3], rows["a"].Checked.ToArray());
        Assert.Equal(0, rows["b"].Checked.Length);
        Assert.Equal((s_at, 5, 6, TimeSpan.FromMilliseconds(12)), (rows["a"].LastSuccess, rows["a"].Successes, rows["a"].Failures, rows["a"].Latency));
        Assert.Equal((null, 0, 2, null, 0), (rows["b"].LastSuccess, rows["b"].Successes, rows["b"].Failures, rows["b"].Latency, rows["b"].Record.Length));
    }

    [Fact]
    public async Task Putting_again_replaces()
    {
        await Store.PutAsync([Row("a", [1])], default);
        await Store.PutAsync([Row("a", []) with { LastSuccess = null, Latency = null, Successes = 9 }], default);

        ListingRow row = Assert.Single(await Store.LoadAsync(default));
        Assert.Equal((null, null, 9, 0), (row.LastSuccess, row.Latency, row.Successes, row.Record.Length));
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_what_was_not_there_does_no_harm()
    {
        await Store.PutAsync([Row("a", [1]), Row("b", [2])], default);
        await Store.RemoveAsync(["a", "nobody"], default);

        Assert.Equal("b", Assert.Single(await Store.LoadAsync(default)).Id);
    }

    private static ListingRow Row(string id, byte[] record) => new(id, record, new byte[] { 9, (byte)record.Length }, s_at, 5, 6, TimeSpan.FromMilliseconds(12));
}
