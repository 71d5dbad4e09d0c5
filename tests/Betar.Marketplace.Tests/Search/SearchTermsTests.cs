using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Search;

public sealed class SearchTermsTests
{
    [Fact]
    public void Words_are_letters_and_digits_in_lower_case() =>
        Assert.Equal(["4u", "@net", "adder", "größe", "日本語"], SearchTerms.Of(Listing("Adder-4u Größe; 日本語!")).Order(StringComparer.Ordinal));

    [Fact]
    public void However_much_a_seller_writes_it_is_found_by_so_many_words()
    {
        var many = string.Join(' ', Enumerable.Range(0, 10_000).Select(n => $"word{n}"));
        var skills = Enumerable.Range(0, 32).Select(n => new ListingSkill($"s{n}", many, many, [.. Enumerable.Range(0, 32).Select(t => $"{n}-{t}")])).ToList();

        Assert.InRange(SearchTerms.Of(Listing(many) with { Skills = skills, Description = many }).Count, 1, SearchTerms.MaxPerListing);
    }

    [Fact]
    public void A_word_is_cut_in_the_same_place_in_listings_and_questions()
    {
        var word = new string('x', 500);

        Assert.Subset(SearchTerms.Of(Listing(word)), SearchTerms.Of(new SearchQuery { Text = word }));
        Assert.All(SearchTerms.Of(Listing(word)), term => Assert.InRange(term.Length, 1, 32));
    }

    [Fact]
    public void No_text_is_a_tag_or_a_network()
    {
        var asked = SearchTerms.Of(new SearchQuery { Text = "#math @net" });

        Assert.Equal(["math", "net"], asked.Order(StringComparer.Ordinal));
    }

    private static MarketListing Listing(string name) => new()
    {
        Id = "x", Name = name, Price = "1", SellerId = "s", Network = "net", Trust = TrustLevel.Verified, Since = default, LastSeen = default,
    };
}
