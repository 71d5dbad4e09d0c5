using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;
using Betar.Orleans.Testing;

namespace Betar.Marketplace.Tests.Search;

public sealed class SearchTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(Somebody.Start);
    private readonly Somebody _seller = new(1);
    private readonly Somebody _self = new(200);
    private readonly MarketView _view;

    public SearchTests() => _view = new MarketView(_self.Peer, new TrustOptions(), ExperienceWeight.Instance, _time);

    public void Dispose()
    {
        _seller.Dispose();
        _self.Dispose();
    }

    [Theory]
    [InlineData("addition", "adder")]
    [InlineData("ADDITION adder", "adder")]
    [InlineData("numbers", "adder translator")]
    [InlineData("two-numbers", "adder")]
    [InlineData("translate", "translator")]
    [InlineData("addition translate", "")]
    [InlineData("numb", "")]
    [InlineData("", "adder free translator")]
    [InlineData("---", "adder free translator")]
    public void By_whole_words_of_name_description_and_skills(string text, string found)
    {
        Fill();

        Assert.Equal(found, Names(new SearchQuery { Text = text }));
    }

    [Theory]
    [InlineData("math", "adder")]
    [InlineData("MATH", "adder")]
    [InlineData("add", "adder")]
    [InlineData("addition", "")]
    [InlineData("language", "translator")]
    public void By_tag_or_id_of_a_skill(string tag, string found)
    {
        Fill();

        Assert.Equal(found, Names(new SearchQuery { Tags = [tag] }));
    }

    [Fact]
    public void By_price()
    {
        Fill();

        Assert.Equal("adder free", Names(new SearchQuery { MaxPrice = 1000 }));
        Assert.Equal("adder translator", Names(new SearchQuery { MinPrice = 1000 }));
        Assert.Equal("adder", Names(new SearchQuery { MinPrice = 1, MaxPrice = 4999 }));
    }

    [Fact]
    public void A_price_that_nobody_can_pay_is_in_no_range_and_comes_last()
    {
        Fill();
        using var other = new Somebody(2);
        _view.Hear(other.Peer, other.Id("odd"), other.Listing("odd", "0.0000001"), WordSource.Announcement);

        Assert.Equal("adder free translator", Names(new SearchQuery { MinPrice = 0 }));
        Assert.Equal("odd", _view.Search(new SearchQuery()).Items[^1].Name);
    }

    [Theory]
    [InlineData("adder", "adder")]
    [InlineData("Adder", "")]
    [InlineData("add", "")]
    [InlineData("adder ", "")]
    [InlineData("", "")]
    public void By_exactly_its_name(string name, string found)
    {
        Fill();

        Assert.Equal(found, Names(new SearchQuery { Name = name }));
    }

    [Fact]
    public void A_name_is_found_however_many_words_and_tags_stand_before_it()
    {
        string[] tags = [.. Enumerable.Range(0, 32).Select(n => $"tag{n}")];
        Accept(_seller.Record("last one") with { Skills = [.. Enumerable.Range(0, 3).Select(n => new ListingSkill($"s{n}", "", "", [.. tags.Select(tag => tag + n)]))] });

        Assert.Equal("", Names(new SearchQuery { Text = "last one" }));
        Assert.Equal("last one", Names(new SearchQuery { Name = "last one" }));
    }

    [Fact]
    public void By_network()
    {
        Fill();

        Assert.Equal("adder free", Names(new SearchQuery { Network = "eip155:84532" }));
        Assert.Equal("translator", Names(new SearchQuery { Network = "eip155:1" }));
        Assert.Equal("", Names(new SearchQuery { Text = "eip155:1" }));
    }

    [Fact]
    public void By_trust()
    {
        Fill();
        using var other = new Somebody(2);
        _view.Hear(other.Peer, other.Id("said"), other.Listing("said"), WordSource.Announcement);

        Assert.Equal("said", Names(new SearchQuery { Trust = [TrustLevel.Attested] }));
        Assert.Equal("adder free said translator", Names(new SearchQuery { Trust = [TrustLevel.Verified, TrustLevel.Attested] }));
        Assert.Equal("", Names(new SearchQuery { Trust = [TrustLevel.Own] }));
    }

    [Fact]
    public void By_life()
    {
        Fill();
        using var other = new Somebody(2);
        _view.Hear(other.Peer, other.Id("said"), other.Listing("said"), WordSource.Announcement);
        for (var i = 0; i < 3; i++)
            _view.Contact(_seller.Id("adder"), false, default);

        Assert.Equal("free said translator", Names(new SearchQuery { AliveOnly = true }));
        _time.Advance(TimeSpan.FromHours(20));
        _view.Seen(_seller.Peer);
        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal("free translator", Names(new SearchQuery { AliveOnly = true }));
        Assert.Equal(["free", "translator"], _view.Search(new SearchQuery()).Items.Where(item => item.IsAlive).Select(item => item.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_seller_that_is_heard_again_is_found_again_with_all_that_it_said(bool bySale)
    {
        using var other = new Somebody(2);
        foreach (var name in new[] { "said", "also" })
            _view.Hear(other.Peer, other.Id(name), other.Listing(name), WordSource.Announcement);
        _time.Advance(TimeSpan.FromHours(25));
        _view.Sweep();
        Assert.Equal(("", "also said"), (Names(new SearchQuery { AliveOnly = true }), Names(new SearchQuery { Trust = [TrustLevel.Expired] })));
        List<MarketChange> changes = [];
        _view.Changed += (_, change) => changes.Add(change);

        if (bySale)
            _view.Contact(other.Id("said"), true, TimeSpan.FromMilliseconds(5));
        else
            _view.Seen(other.Peer);

        Assert.Equal(("also said", ""), (Names(new SearchQuery { AliveOnly = true }), Names(new SearchQuery { Trust = [TrustLevel.Expired] })));
        Assert.Equal([TrustLevel.Attested, TrustLevel.Attested], changes.Select(change => change.Listing!.Trust));
    }

    [Fact]
    public void In_the_order_of_price_latency_or_success()
    {
        Fill();
        _view.Contact(_seller.Id("translator"), true, TimeSpan.FromMilliseconds(5));
        _view.Contact(_seller.Id("adder"), true, TimeSpan.FromMilliseconds(50));
        _view.Contact(_seller.Id("translator"), false, default);

        Assert.Equal(["free", "adder", "translator"], Order(SearchSort.Price));
        Assert.Equal(["translator", "adder", "free"], Order(SearchSort.Latency));
        Assert.Equal(["adder", "translator", "free"], Order(SearchSort.Success));

        IEnumerable<string> Order(SearchSort sort) => _view.Search(new SearchQuery { Sort = sort }).Items.Select(item => item.Name);
    }

    [Fact]
    public void What_is_no_longer_shown_is_no_longer_found()
    {
        Fill();
        _time.Advance(TimeSpan.FromSeconds(1));
        Accept(_seller.Record("adder", 2) with { Withdrawn = true });
        Accept(_seller.Record("free", 2) with { Description = "costs now", Price = 7 });

        Assert.Equal("free translator", Names(new SearchQuery()));
        Assert.Equal("free", Names(new SearchQuery { Text = "costs" }));
        Assert.Equal("", Names(new SearchQuery { Text = "nothing" }));
    }

    [Fact]
    public void Pages_hold_each_listing_once_whatever_comes_and_goes_between_them()
    {
        for (var n = 0; n < 100; n++)
            Accept(_seller.Record($"a{n:00}") with { Price = (ulong)(n / 10) });
        List<string> seen = [];
        string? cursor = null;
        var round = 0;
        do
        {
            var page = _view.Search(new SearchQuery { Limit = 7, Cursor = cursor });
            Assert.Equal(SearchFault.None, page.Fault);
            seen.AddRange(page.Items.Select(item => item.Name));
            cursor = page.Next;

            // Others come, and one that was seen goes.
            Accept(_seller.Record($"new{round}") with { Price = (ulong)(round % 10) });
            Accept(_seller.Record(page.Items[0].Name, 2) with { Withdrawn = true, Price = page.Items[0].PriceAtomic!.Value });
            round++;
        }
        while (cursor is not null);

        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Enumerable.Range(0, 100), n => Assert.Contains($"a{n:00}", seen));
    }

    [Fact]
    public void The_last_page_says_so_and_a_page_is_never_larger_than_it_may_be()
    {
        for (var n = 0; n < 600; n++)
            Accept(_seller.Record($"a{n}"));

        var page = _view.Search(new SearchQuery { Limit = 10_000 });
        Assert.Equal((SearchQuery.MaxLimit, 600), (page.Items.Count, page.Matches));
        var last = _view.Search(new SearchQuery { Limit = 10_000, Cursor = page.Next });
        Assert.Equal((100, 100, null), (last.Items.Count, last.Matches, last.Next));
        Assert.Single(_view.Search(new SearchQuery { Limit = -5 }).Items);
        Assert.Null(_view.Search(new SearchQuery { Limit = 100, Cursor = page.Next }).Next);
    }

    [Fact]
    public void A_cursor_belongs_to_its_search()
    {
        Fill();
        var cursor = _view.Search(new SearchQuery { Limit = 1 }).Next!;

        Assert.Equal(SearchFault.None, _view.Search(new SearchQuery { Limit = 2, Cursor = cursor }).Fault);
        Assert.Equal(SearchFault.CursorOfAnotherSearch, _view.Search(new SearchQuery { Text = "adder", Cursor = cursor }).Fault);
        Assert.Equal(SearchFault.CursorOfAnotherSearch, _view.Search(new SearchQuery { Sort = SearchSort.Latency, Cursor = cursor }).Fault);
        Assert.Equal(SearchFault.CursorOfAnotherSearch, _view.Search(new SearchQuery { MaxPrice = 1, Cursor = cursor }).Fault);
        Assert.Equal(SearchFault.CursorOfAnotherSearch, _view.Search(new SearchQuery { AliveOnly = true, Cursor = cursor }).Fault);
        Assert.Equal(SearchFault.CursorOfAnotherSearch, _view.Search(new SearchQuery { Name = "", Cursor = cursor }).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void What_is_no_cursor_is_refused(string cursor) =>
        Assert.Equal(SearchFault.BadCursor, _view.Search(new SearchQuery { Cursor = cursor }).Fault);

    [Fact]
    public void Bytes_of_a_cursor_may_be_anything()
    {
        Fill();
        var cursor = System.Buffers.Text.Base64Url.DecodeFromChars(_view.Search(new SearchQuery { Limit = 1 }).Next);
        for (var i = 0; i < cursor.Length; i++)
        {
            var broken = cursor.ToArray();
            broken[i] ^= 0xFF;
            _view.Search(new SearchQuery { Cursor = System.Buffers.Text.Base64Url.EncodeToString(broken) });
            _view.Search(new SearchQuery { Cursor = System.Buffers.Text.Base64Url.EncodeToString(cursor.AsSpan(0, i)) });
        }

        Assert.Equal(SearchFault.BadCursor, _view.Search(new SearchQuery { Cursor = new string('A', 4096) }).Fault);
    }

    private void Fill()
    {
        Accept(_seller.Record("adder") with { Description = "Sums up" });
        Accept(_seller.Record("translator") with
        {
            Price = 5000,
            Network = "eip155:1",
            Description = "Says numbers in German",
            Skills = [new ListingSkill("translate", "Translate", "", ["language"])],
        });
        Accept(_seller.Record("free") with { Price = 0, Description = "nothing", Skills = [] });
    }

    private void Accept(ListingRecord record) => Assert.Equal(RecordFault.None, _view.Accept(_seller.Sign(record)));

    private string Names(SearchQuery query) =>
        string.Join(' ', _view.Search(query).Items.Select(item => item.Name).Order(StringComparer.Ordinal));
}
