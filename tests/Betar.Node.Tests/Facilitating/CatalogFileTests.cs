using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Facilitating;
using Betar.Node.Tests.Support;
using Betar.X402.Http.Facilitating;
using Betar.X402.Wire;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Facilitating;

public sealed class CatalogFileTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly StringWriter _log = new();

    public void Dispose()
    {
        _temp.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task What_was_written_is_read_on_several_pages()
    {
        MemoryCatalog catalog = Catalog();
        for (int entry = 0; entry < 250; entry++)
            Assert.True(catalog.TryPut(Entry(entry)));
        await File().SaveAsync(catalog);

        MemoryCatalog after = Catalog();
        File().Load(after);

        Assert.Equal(await AllAsync(catalog), await AllAsync(after));
        Assert.Equal(3, System.IO.File.ReadLines(_temp.Data.Catalog).Count());
        Assert.Equal("", _log.ToString());
    }

    [Fact]
    public async Task Without_a_file_it_begins_empty()
    {
        MemoryCatalog catalog = Catalog();
        File().Load(catalog);

        Assert.Equal("", await AllAsync(catalog));
        Assert.Equal("", _log.ToString());
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_left_out_and_said()
    {
        MemoryCatalog catalog = Catalog();
        catalog.TryPut(Entry(1));
        await File().SaveAsync(catalog);
        await System.IO.File.AppendAllTextAsync(_temp.Data.Catalog, "{\"items\":[{\n");

        MemoryCatalog after = Catalog();
        File().Load(after);

        Assert.Equal(await AllAsync(catalog), await AllAsync(after));
        Assert.Contains("cannot be read and is left out", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_or_read_stops_nobody()
    {
        Directory.CreateDirectory(_temp.Data.Catalog + ".new");
        await File().SaveAsync(Catalog());
        Assert.Contains("cannot be written", _log.ToString(), StringComparison.Ordinal);

        MemoryCatalog catalog = Catalog();
        catalog.TryPut(Entry(1));
        Directory.Delete(_temp.Data.Catalog + ".new");
        await File().SaveAsync(catalog);
        using FileStream held = new(_temp.Data.Catalog, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        File().Load(Catalog());
        Assert.Contains("it begins empty", _log.ToString(), StringComparison.Ordinal);
    }

    private static MemoryCatalog Catalog() => new(new CatalogOptions { MaxPerPayee = 1_000 }, TimeProvider.System);

    private static DiscoveredResource Entry(int number) => new()
    {
        Resource = new ResourceInfo { Url = $"https://shop.example/{number}" }, Type = "http", LastUpdated = DateTimeOffset.UtcNow,
        Accepts =
        [
            new Requirement
            {
                Scheme = Requirement.Exact, Network = "eip155:84532", Amount = "1", Asset = "0x036CbD53842c5426634e7929541eC2318f3dCF7e", PayTo = FacilitatorUser.Seller,
                MaxTimeoutSeconds = 60,
            },
        ],
        Extensions = JsonDocument.Parse("""{"bazaar":{"info":{"input":{"type":"http","method":"GET"}}}}""").RootElement,
    };

    private static async Task<string> AllAsync(MemoryCatalog catalog) => string.Join(
        '\n', (await catalog.FindAsync(new CatalogQuery(null, null, null, null, 1_000, 0), default)).Items.Select(item => item.Resource.Url).Order(StringComparer.Ordinal));

    private CatalogFile File() => new(
        _temp.Data.Catalog, new LineLoggerFactory(_log, LogLevel.Warning, TimeProvider.System).CreateLogger<CatalogFile>());
}
