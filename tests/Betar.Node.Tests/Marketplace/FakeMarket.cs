using Betar.Libp2p.Identity;
using Betar.Marketplace;
using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Selling;
using Betar.Marketplace.Trust;
using Betar.Node.Peering.Market;

namespace Betar.Node.Tests.Marketplace;

/// <summary>A marketplace that shows what the test put into it.</summary>
internal sealed class FakeMarket : IMarketplace, IMarketFacts
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public event EventHandler<MarketChange>? Changed;

    public List<MarketListing> Listings { get; } = [];

    public List<SearchQuery> Asked { get; } = [];

    public SearchFault Fault { get; set; }

    /// <summary>Why, by the id.</summary>
    public Dictionary<string, WhyReport> Reports { get; } = [];

    public MarketProgress Progress { get; set; } = new(5, 1, 2, 4, 100);

    public Dictionary<RecordFault, long> Faults { get; } = [];

    public IReadOnlyDictionary<RecordFault, long> RecordFaults => Faults;

    public IReadOnlyList<ListingRecord> Own => [];

    public static MarketListing Listing(string id, TrustLevel trust = TrustLevel.Verified, bool contested = false, string name = "echo") => new()
    {
        Id = id, Name = name, Price = "0.001", PriceAtomic = 1000, SellerId = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq", Trust = trust, Contested = contested,
        Since = Now, LastSeen = Now, IsAlive = true,
    };

    public void Change(MarketChange change) => Changed?.Invoke(this, change);

    public SearchPage Search(SearchQuery query)
    {
        Asked.Add(query);
        int start = query.Cursor is { } cursor ? int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : 0;
        List<MarketListing> fitting = [.. Listings.Where(listing => query.Name is null || listing.Name == query.Name)];
        List<MarketListing> items = [.. fitting.Skip(start).Take(query.Limit)];
        int next = start + items.Count;
        return new SearchPage(items, next < fitting.Count ? next.ToString(System.Globalization.CultureInfo.InvariantCulture) : null, fitting.Count - start, Listings.Count, Fault);
    }

    public MarketListing? Find(string id) => Listings.Find(listing => listing.Id == id);

    public ValueTask<WhyReport?> WhyAsync(string id, CancellationToken cancellationToken) => new(Reports.GetValueOrDefault(id));

    public Task<IReadOnlyList<string>> AddressesAsync(PeerId peer, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([$"/ip4/127.0.0.1/tcp/4001/p2p/{peer}"]);

    public Task<IReadOnlyList<PublishResult>> PublishAsync(IReadOnlyList<ListingOffer> offers, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> WithdrawAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RenewAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ConvergenceReceipt?> ReceiptAsync(string id, CancellationToken cancellationToken) => new((ConvergenceReceipt?)null);

    public void ReportContact(string id, bool answered, TimeSpan latency) => throw new NotSupportedException();
}
