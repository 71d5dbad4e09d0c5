using System.Text.Json;
using Betar.Tests.Shared;
using Betar.X402.Http.Facilitating;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Http.Tests.Facilitating;

/// <summary>What was sold is found; what strangers write is bounded.</summary>
public class CatalogTests
{
    private readonly ManualTime _time = new();
    private readonly MemoryCatalog _catalog;

    public CatalogTests() => _catalog = new MemoryCatalog(new CatalogOptions { MaxEntries = 2, MaxTextLength = 64, MaxExtensionLength = 100 }, _time);

    [Fact]
    public async Task The_newest_is_first_and_the_oldest_goes()
    {
        foreach (var path in new[] { "a", "b", "c" })
        {
            Assert.True(_catalog.TryAdd(Call("https://x.example/" + path)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var page = await _catalog.FindAsync(Query(), default);

        Assert.Equal(["https://x.example/c", "https://x.example/b"], page.Items.Select(item => item.Resource.Url));
        Assert.Equal(("http", 2), (page.Items[0].Type, page.Total));
        Assert.Equal(["https://x.example/b"], (await _catalog.FindAsync(Query() with { Limit = 1, Offset = 1 }, default)).Items.Select(item => item.Resource.Url));
    }

    [Fact]
    public async Task A_payee_pushes_out_its_own_entries_and_nobody_elses()
    {
        var catalog = new MemoryCatalog(new CatalogOptions { MaxEntries = 3, MaxPerPayee = 2 }, _time);
        catalog.TryAdd(Call("https://x.example/theirs", payTo: Vectors.Other));
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            catalog.TryAdd(Call($"https://x.example/{i}"));
        }

        var page = await catalog.FindAsync(Query(), default);

        Assert.Equal(["https://x.example/4", "https://x.example/3", "https://x.example/theirs"], page.Items.Select(item => item.Resource.Url));
    }

    [Fact]
    public async Task Nobody_puts_another_account_in_the_place_of_a_sellers()
    {
        _catalog.TryAdd(Call("https://x.example/a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _catalog.TryAdd(Call("https://x.example/a", payTo: Vectors.Other));

        var page = await _catalog.FindAsync(Query(), default);

        Assert.Equal([Vectors.Other, Vectors.Seller], page.Items.Select(item => item.Accepts[0].PayTo));
    }

    [Fact]
    public async Task What_nobody_bought_for_long_is_not_shown()
    {
        _catalog.TryAdd(Call("https://x.example/a"));
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Single((await _catalog.FindAsync(Query(), default)).Items);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Empty((await _catalog.FindAsync(Query(), default)).Items);
        _catalog.TryAdd(Call("https://x.example/a"));
        Assert.Equal(1, (await _catalog.FindAsync(Query(), default)).Total);
    }

    [Fact]
    public async Task What_was_shown_before_a_restart_can_be_put_back_within_the_same_bounds()
    {
        _catalog.TryAdd(Call("https://x.example/a"));
        var shown = (await _catalog.FindAsync(Query(), default)).Items[0];
        var after = new MemoryCatalog(new CatalogOptions(), _time);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(after.TryPut(shown));
        Assert.False(after.TryPut(shown with { Extensions = null }));
        Assert.False(after.TryPut(shown with { Accepts = [] }));
        Assert.Equal(shown.LastUpdated, (await after.FindAsync(Query(), default)).Items[0].LastUpdated);
    }

    [Fact]
    public async Task One_resource_is_one_entry_whatever_its_query()
    {
        _catalog.TryAdd(Call("https://x.example/a?q=1"));
        _catalog.TryAdd(Call("https://X.example/a?q=2"));

        Assert.Single((await _catalog.FindAsync(Query(), default)).Items);
    }

    [Theory]
    [InlineData("http", null, null, null, 1)]
    [InlineData("mcp", null, null, null, 0)]
    [InlineData(null, Vectors.Seller, "exact", "eip155:84532", 1)]
    [InlineData(null, Vectors.Other, null, null, 0)]
    [InlineData(null, null, "upto", null, 0)]
    [InlineData(null, null, null, "eip155:1", 0)]
    public async Task It_is_searched_by_what_it_is(string? type, string? payTo, string? scheme, string? network, int found)
    {
        _catalog.TryAdd(Call("https://x.example/a"));

        Assert.Equal(found, (await _catalog.FindAsync(new CatalogQuery(type, payTo, scheme, network, 10, 0), default)).Total);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"bazaar":1}""")]
    [InlineData("""{"bazaar":{}}""")]
    [InlineData("""{"bazaar":{"info":{"input":{"type":"ftp","method":"GET"}}}}""")]
    [InlineData("""{"bazaar":{"info":{"input":{"type":"http"}}}}""")]
    [InlineData("""{"bazaar":{"info":{"input":{"type":"http","method":"GET"},"more":"0123456789012345678901234567890123456789012345678901234567890"}}}""")]
    public void What_says_nothing_or_too_much_is_not_shown(string extensions) => Assert.False(_catalog.TryAdd(Call("https://x.example/a", extensions)));

    [Fact]
    public void Addresses_are_absolute_and_texts_bounded()
    {
        Assert.False(_catalog.TryAdd(Call("/a")));
        Assert.False(_catalog.TryAdd(Call("file:///a")));
        Assert.False(_catalog.TryAdd(Call("javascript:a")));
        Assert.False(_catalog.TryAdd(Call("https://x.example/" + new string('a', 64))));
        Assert.False(_catalog.TryAdd(Call("https://x.example/a") with { Resource = null }));
        Assert.False(_catalog.TryAdd(Call("https://x.example/a") with { Resource = new ResourceInfo { Url = "https://x.example/a", Tags = [new string('t', 65)] } }));
    }

    [Fact]
    public void Options_out_of_range_are_all_named() =>
        Assert.Equal(5, new CatalogOptions { MaxEntries = 0, MaxTextLength = 0, MaxExtensionLength = 0, MaxPerPayee = 0, Keep = TimeSpan.Zero }.Validate().Count);

    private static CatalogQuery Query() => new(null, null, null, null, 10, 0);

    private static FacilitatorCall Call(string url, string extensions = """{"bazaar":{"info":{"input":{"type":"http","method":"GET"}}}}""", string? payTo = null)
    {
        var payment = WireCodec.ParsePaymentHeader(Vectors.SignatureHeader).Value!;
        return new FacilitatorCall
        {
            Payment = payment with { Extensions = JsonDocument.Parse(extensions).RootElement }, Requirement = payment.Accepted! with { PayTo = payTo ?? payment.Accepted!.PayTo }, Resource = new ResourceInfo { Url = url },
        };
    }
}
