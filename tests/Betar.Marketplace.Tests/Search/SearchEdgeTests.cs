using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Marketplace.Tests.Search;

/// <summary>The edges of each condition, and pages of every order and size.</summary>
public sealed class SearchEdgeTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(Somebody.Start);
    private readonly Somebody _seller = new(1);
    private readonly Somebody _self = new(200);
    private readonly MarketView _view;

    public SearchEdgeTests() => _view = new MarketView(_self.Peer, new TrustOptions(), ExperienceWeight.Instance, _time);

    public void Dispose()
    {
        _seller.Dispose();
        _self.Dispose();
    }

    [Fact]
    public void Bounds_of_a_price_are_within_it_and_a_range_the_wrong_way_round_holds_nothing()
    {
        Accept(_seller.Record("a") with { Price = 10 });

        Assert.Equal("a", Names(new SearchQuery { MinPrice = 10, MaxPrice = 10 }));
        Assert.Equal("", Names(new SearchQuery { MinPrice = 11 }));
        Assert.Equal("", Names(new SearchQuery { MaxPrice = 9 }));
        Assert.Equal("", Names(new SearchQuery { MinPrice = 11, MaxPrice = 9 }));
    }

    [Fact]
    public void All_tags_and_all_words_must_be_there()
    {
        Accept(_seller.Record("both") with { Skills = [Skill("x", "red", "blue")] });
        Accept(_seller.Record("one") with { Skills = [Skill("x", "red")] });
        Accept(_seller.Record("two") with { Skills = [Skill("x", "red"), Skill("y", "blue")] });

        Assert.Equal("both two", Names(new SearchQuery { Tags = ["red", "blue"] }));
        Assert.Equal("both one two", Names(new SearchQuery { Tags = ["red", " RED "] }));
        Assert.Equal("two", Names(new SearchQuery { Tags = ["red", "blue"], Text = "two" }));
        Assert.Equal("", Names(new SearchQuery { Tags = ["red", "green"] }));
        Assert.Equal("", Names(new SearchQuery { Tags = [""] }));
    }

    [Fact]
    public void A_seller_is_alive_to_the_very_end_of_its_time()
    {
        using var other = new Somebody(2);
        _view.Hear(other.Peer, other.Id("said"), other.Listing("said"), WordSource.Announcement);
        Accept(_seller.Record("signed"));

        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal("said signed", Names(new SearchQuery { AliveOnly = true }));
        _time.Advance(TimeSpan.FromTicks(2));
        Assert.Equal("", Names(new SearchQuery { AliveOnly = true }));
    }

    [Theory]
    [InlineData("\u202Ea")]
    [InlineData("\0")]
    [InlineData("'; DROP TABLE listings; --")]
    [InlineData("@eip155:84532")]
    [InlineData("#math")]
    public void A_text_is_only_words_whatever_stands_in_it(string text)
    {
        Accept(_seller.Record("adder"));

        var page = _view.Search(new SearchQuery { Text = text });
        Assert.Equal(SearchFault.None, page.Fault);
        Assert.True(page.Matches <= 1);
        Assert.Equal("", Names(new SearchQuery { Text = new string('x', 1 << 20) }));
        Assert.Equal("", Names(new SearchQuery { Tags = [text] }));
    }

    [Theory]
    [InlineData(SearchSort.Price, 1)]
    [InlineData(SearchSort.Price, 7)]
    [InlineData(SearchSort.Latency, 3)]
    [InlineData(SearchSort.Success, 4)]
    [InlineData(SearchSort.Success, 500)]
    public void Pages_of_any_size_are_the_whole_order_cut_in_pieces(SearchSort sort, int size)
    {
        var random = new Random(TestSeed.Value);
        for (var n = 0; n < 60; n++)
        {
            Accept(_seller.Record($"a{n}") with { Price = (ulong)random.Next(5) });
            for (var tries = random.Next(3); tries > 0; tries--)
                _view.Contact(_seller.Id($"a{n}"), random.Next(2) == 0, TimeSpan.FromMilliseconds(random.Next(3)));
        }

        var whole = _view.Search(new SearchQuery { Sort = sort, Limit = 500 }).Items.Select(item => item.Id).ToList();
        List<string> pieces = [];
        string? cursor = null;
        do
        {
            var page = _view.Search(new SearchQuery { Sort = sort, Limit = size, Cursor = cursor });
            Assert.True(page.Items.Count == size || page.Next is null, $"seed {TestSeed.Value}");
            Assert.Equal(60 - pieces.Count, page.Matches);
            pieces.AddRange(page.Items.Select(item => item.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void A_page_goes_on_where_it_stopped_although_its_last_listing_is_gone()
    {
        for (var n = 0; n < 10; n++)
            Accept(_seller.Record($"a{n}") with { Price = (ulong)n });
        var first = _view.Search(new SearchQuery { Limit = 4 });
        Accept(_seller.Record("a3", 2) with { Withdrawn = true });

        Assert.Equal(["a4", "a5", "a6", "a7"], _view.Search(new SearchQuery { Limit = 4, Cursor = first.Next }).Items.Select(item => item.Name));
    }

    private static ListingSkill Skill(string id, params string[] tags) => new(id, "", "", tags);

    private void Accept(ListingRecord record) => Assert.Equal(RecordFault.None, _view.Accept(_seller.Sign(record)));

    private string Names(SearchQuery query) => string.Join(' ', _view.Search(query).Items.Select(item => item.Name).Order(StringComparer.Ordinal));
}
