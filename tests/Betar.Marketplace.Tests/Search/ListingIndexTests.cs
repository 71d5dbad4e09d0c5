using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;
using Betar.Tests.Shared;

namespace Betar.Marketplace.Tests.Search;

public sealed class ListingIndexTests
{
    private static readonly SellerState s_seller = new("s");

    [Fact]
    public void The_work_of_a_search_is_that_of_its_rarest_word()
    {
        var index = new ListingIndex();
        for (var n = 0; n < 100_000; n++)
            index.Put($"id-{n}", [$"w{n % 1000}", "common", n % 2 == 0 ? "even" : "odd"], Numbers((ulong)n));

        index.Search(new SearchQuery { Text = "common w7 odd" }, null, 0, out var matches, out var examined);
        Assert.Equal((100, 100), (matches, examined));
        index.Search(new SearchQuery { Text = "w7 even" }, null, 0, out matches, out examined);
        Assert.Equal((0, 100), (matches, examined));
        index.Search(new SearchQuery { Text = "common nowhere" }, null, 0, out matches, out examined);
        Assert.Equal((0, 0), (matches, examined));
        var page = index.Search(new SearchQuery { Limit = 3 }, null, 0, out matches, out examined);
        Assert.Equal((100_000, 100_000), (matches, examined));
        Assert.Equal(["id-0", "id-1", "id-2", "id-3"], page.Select(key => key.Id));
    }

    [Fact]
    public void A_search_takes_memory_for_its_page_and_not_for_what_it_looks_at()
    {
        var index = new ListingIndex();
        for (var n = 0; n < 20_000; n++)
            index.Put($"id-{n}", ["common"], Numbers((ulong)(n * 7919 % 20_000)));
        var query = new SearchQuery { Text = "common", Limit = 20 };
        index.Search(query, null, 0, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Search(query, null, 0, out _, out var examined);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(20_000, examined);
        Assert.InRange(allocated, 0, 20_000);
    }

    [Fact]
    public void It_finds_what_a_slow_search_finds_through_all_changes()
    {
        var random = new Random(TestSeed.Value);
        var index = new ListingIndex();
        Dictionary<string, (HashSet<string> Terms, IndexedListing Numbers)> slow = [];
        for (var step = 0; step < 3000; step++)
        {
            var id = $"id-{random.Next(200)}";
            if (random.Next(4) == 0)
            {
                index.Remove(id);
                slow.Remove(id);
            }
            else
            {
                HashSet<string> terms = [.. Enumerable.Range(0, random.Next(5)).Select(_ => $"t{random.Next(6)}")];
                var numbers = Numbers((ulong)random.Next(20)) with { Trust = (TrustLevel)random.Next(6), Failing = random.Next(2) == 0, HeardAt = random.Next(3) };
                index.Put(id, terms, numbers);
                slow[id] = (terms, numbers);
            }

            if (step % 10 == 0)
                Compare(random, index, slow, step);
        }

        foreach (var id in slow.Keys)
            index.Remove(id);
        Assert.Equal((0, 0), (index.Count, index.Terms));
    }

    [Fact]
    public void Equal_places_do_not_exist()
    {
        var keys = new[] { new SortKey(1, 2, "b"), new SortKey(1, 2, "a"), new SortKey(1, 1, "c"), new SortKey(0, 9, "d") };

        Assert.Equal(["d", "c", "a", "b"], keys.Order().Select(key => key.Id));
    }

    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("18446744073709551615", ulong.MaxValue - 1)]
    [InlineData("99999999999999999999999999", ulong.MaxValue - 1)]
    public void A_price_above_all_prices_is_still_below_none(string units, ulong value) =>
        Assert.Equal(value, ListingIndex.Saturate(Betar.X402.AtomicAmount.Parse(units)));

    private static void Compare(
        Random random, ListingIndex index, Dictionary<string, (HashSet<string> Terms, IndexedListing Numbers)> slow, int step)
    {
        var query = new SearchQuery
        {
            Text = string.Join(' ', Enumerable.Range(0, random.Next(3)).Select(_ => $"t{random.Next(6)}")),
            MaxPrice = random.Next(2) == 0 ? (ulong)random.Next(20) : default(Betar.X402.AtomicAmount?),
            Trust = random.Next(2) == 0 ? [(TrustLevel)random.Next(6), (TrustLevel)random.Next(6)] : [],
            AliveOnly = random.Next(2) == 0,
            Limit = 500,
        };
        var words = query.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var expected = slow.Where(entry => words.All(entry.Value.Terms.Contains))
            .Where(entry => query.MaxPrice is not { } most || entry.Value.Numbers.Price <= ListingIndex.Saturate(most))
            .Where(entry => query.Trust.Count == 0 || query.Trust.Contains(entry.Value.Numbers.Trust))
            .Where(entry => !query.AliveOnly || (!entry.Value.Numbers.Failing && entry.Value.Numbers.Trust != TrustLevel.Expired && entry.Value.Numbers.HeardAt >= 1))
            .Select(entry => entry.Key).Order(StringComparer.Ordinal);

        var found = index.Search(query, null, 1, out var matches, out _);

        Assert.True(expected.SequenceEqual(found.Select(key => key.Id).Order(StringComparer.Ordinal)), $"step {step}, seed {TestSeed.Value}");
        Assert.Equal(found.Count, matches);
        Assert.Equal(found.Order(), found);
    }

    private static IndexedListing Numbers(ulong price) => new(price, TrustLevel.Verified, ulong.MaxValue, ulong.MaxValue, 1, false, 0, s_seller);
}
