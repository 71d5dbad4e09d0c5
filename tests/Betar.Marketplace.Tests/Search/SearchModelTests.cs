using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;
using Betar.X402;

namespace Betar.Marketplace.Tests.Search;

/// <summary>The whole search, from what is heard to pages, against one that looks at every listing and sorts them all.</summary>
public sealed partial class SearchModelTests : IDisposable
{
    private const int Names = 40;

    private static readonly string[] s_words = ["alpha", "Beta", "gamma", "größe", "日本語", "x1", "two words", "a-b", "!!!", "it's"];
    private static readonly string[] s_tags = ["math", "Text", "image", "a b", "größe"];
    private static readonly string[] s_networks = ["eip155:84532", "eip155:1", "eip155:8453"];

    private readonly Random _random = new(TestSeed.Value);
    private readonly ManualTimeProvider _time = new(Somebody.Start);
    private readonly List<Somebody> _sellers = [.. Enumerable.Range(1, 6).Select(seed => new Somebody((byte)seed))];
    private readonly Somebody _self = new(200);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly MarketView _view;
    private ulong _version;

    public SearchModelTests() => _view = new MarketView(_self.Peer, new TrustOptions { MaxListings = 1000 }, ExperienceWeight.Instance, _time);

    public void Dispose()
    {
        _sellers.ForEach(seller => seller.Dispose());
        _self.Dispose();
    }

    [Fact]
    public void Every_search_finds_what_a_slow_one_finds_in_its_order_page_by_page()
    {
        for (var step = 0; step < 1500; step++)
        {
            Change();
            if (step % 5 != 0)
                continue;
            var query = Query();
            Assert.True(Slow(query).SequenceEqual(Pages(query)), $"seed {TestSeed.Value}, step {step}: {query}");
        }

        Assert.InRange(_view.Search(new SearchQuery()).Matches, 40, 1000);
    }

    [Fact]
    public void What_is_there_all_the_time_is_on_exactly_one_page_whatever_happens_between_them()
    {
        for (var step = 0; step < 300; step++)
            Change();
        for (var round = 0; round < 30; round++)
        {
            var query = Query() with { Limit = _random.Next(1, 6), Trust = [], AliveOnly = false, Sort = SearchSort.Price };
            var before = Slow(query).ToHashSet();
            Dictionary<string, ulong?> prices = before.ToDictionary(id => id, id => PriceOf(_view.Find(id)!));
            List<string> seen = [];
            string? cursor = null;
            do
            {
                var page = _view.Search(query with { Cursor = cursor });
                seen.AddRange(page.Items.Select(item => item.Id));
                cursor = page.Next;
                Change();
            }
            while (cursor is not null);

            var stayed = before.Where(id => _view.Find(id) is { } now && PriceOf(now) == prices[id] && Slow(query).Contains(id));
            Assert.All(stayed, id => Assert.True(seen.Count(other => other == id) <= 1, $"seed {TestSeed.Value}, round {round}: {id}"));
            Assert.True(seen.Count >= before.Count / 2);
        }
    }

    /// <summary>Something that changes what a search finds.</summary>
    private void Change()
    {
        var seller = _sellers[_random.Next(_sellers.Count)];
        var name = $"{s_words[_random.Next(s_words.Length)]} {_random.Next(Names)}";
        _ids.Add(seller.Id(name));
        switch (_random.Next(12))
        {
            case 0:
                _view.Accept(seller.Sign(Record(seller, name) with { Withdrawn = true }));
                break;
            case 1:
                _view.Hear(seller.Peer, seller.Id(name), seller.Listing(name, $"0.00{_random.Next(1, 9)}"), WordSource.Announcement);
                break;
            case 2 or 3:
                _view.Contact(seller.Id(name), _random.Next(3) > 0, TimeSpan.FromMilliseconds(_random.Next(1, 500)));
                break;
            case 4:
                _time.Advance(TimeSpan.FromMinutes(_random.Next(120)));
                _view.Sweep();
                break;
            case 5:
                _view.Seen(seller.Peer);
                break;
            default:
                _view.Accept(seller.Sign(Record(seller, name)));
                break;
        }
    }

    private ListingRecord Record(Somebody seller, string name) => seller.Record(name, ++_version) with
    {
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()),
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()) + TimeSpan.FromDays(7),
        Description = string.Join(' ', Some(s_words)),
        Price = (ulong)_random.Next(6) * 500,
        Network = s_networks[_random.Next(s_networks.Length)],
        Skills = [.. Some(s_tags).Select(tag => new ListingSkill(tag + "-id", "Skill " + tag, "", [tag]))],
    };

    private SearchQuery Query() => new()
    {
        Text = _random.Next(2) == 0 ? "" : string.Join(' ', Some(s_words)),
        Name = _random.Next(8) == 0 ? $"{s_words[_random.Next(s_words.Length)]} {_random.Next(Names)}" : null,
        Tags = _random.Next(3) == 0 ? [s_tags[_random.Next(s_tags.Length)].ToUpperInvariant()] : [],
        MinPrice = _random.Next(3) == 0 ? (ulong)_random.Next(3000) : default(AtomicAmount?),
        MaxPrice = _random.Next(3) == 0 ? (ulong)_random.Next(3000) : default(AtomicAmount?),
        Network = _random.Next(4) == 0 ? s_networks[_random.Next(s_networks.Length)].ToUpperInvariant() : null,
        Trust = _random.Next(3) == 0 ? [(TrustLevel)_random.Next(6), TrustLevel.Verified] : [],
        AliveOnly = _random.Next(3) == 0,
        Sort = (SearchSort)_random.Next(3),
        Limit = _random.Next(1, 30),
    };

    private IEnumerable<string> Some(string[] words) => words.Where(_ => _random.Next(words.Length) == 0);

    private List<string> Pages(SearchQuery query)
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = _view.Search(query with { Cursor = cursor });
            Assert.InRange(page.Items.Count, 0, query.Limit);
            ids.AddRange(page.Items.Select(item => item.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return ids;
    }

    private IEnumerable<string> Slow(SearchQuery query) => _ids.Select(_view.Find).OfType<MarketListing>()
        .Where(listing => Fits(listing, query))
        .OrderBy(listing => query.Sort switch
        {
            SearchSort.Price => PriceOf(listing) ?? ulong.MaxValue,
            SearchSort.Latency => (ulong?)listing.Latency?.Ticks ?? ulong.MaxValue,
            _ => listing.SuccessRate is { } rate ? (ulong)(10_000 - rate) : ulong.MaxValue,
        })
        .ThenBy(listing => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(listing.Id))))
        .Select(listing => listing.Id);

    private static bool Fits(MarketListing listing, SearchQuery query)
    {
        var texts = listing.Skills.SelectMany(skill => new[] { skill.Id, skill.Name, skill.Description }.Concat(skill.Tags)).Append(listing.Name).Append(listing.Description);
        var words = texts.SelectMany(Words).ToHashSet();
        var tags = listing.Skills.SelectMany(skill => skill.Tags.Append(skill.Id)).Select(tag => tag.ToLowerInvariant()).ToHashSet();
        return Words(query.Text).All(words.Contains)
            && (query.Name is null || query.Name == listing.Name)
            && query.Tags.All(tag => tags.Contains(tag.ToLowerInvariant()))
            && (query.MinPrice is not { } least || PriceOf(listing) >= ulong.Parse(least.ToString()))
            && (query.MaxPrice is not { } most || PriceOf(listing) <= ulong.Parse(most.ToString()))
            && (query.Network is null || string.Equals(query.Network, listing.Network, StringComparison.OrdinalIgnoreCase))
            && (query.Trust.Count == 0 || query.Trust.Contains(listing.Trust))
            && (!query.AliveOnly || listing.IsAlive);
    }

    private static IEnumerable<string> Words(string text) => WordPattern().Matches(text).Select(match => match.Value.ToLowerInvariant());

    private static ulong? PriceOf(MarketListing listing) => listing.PriceAtomic is { } price ? ulong.Parse(price.ToString()) : null;

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex WordPattern();
}
