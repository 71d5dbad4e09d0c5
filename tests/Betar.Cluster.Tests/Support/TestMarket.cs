using System.Collections.Concurrent;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Selling;
using Betar.Marketplace.Trust;

namespace Betar.Cluster.Tests.Support;

/// <summary>A marketplace that remembers what was published, and fails when it is told to.</summary>
internal sealed class TestMarket : IMarketplace
{
    public static readonly DateTimeOffset Issued = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly PeerId Holder = IdentityKey.FromEd25519Seed(new byte[32]).PeerId;

    private readonly ConcurrentDictionary<string, (ListingOffer Offer, ulong Version, bool Withdrawn)> _listed = new(StringComparer.Ordinal);

    public event EventHandler<MarketChange>? Changed
    {
        add { }
        remove { }
    }

    public Exception? Fault { get; set; }

    public string? Refusal { get; set; }

    /// <summary>How many offers each publication had.</summary>
    public ConcurrentQueue<int> Publications { get; } = new();

    /// <summary>A permit for each publication that was tried.</summary>
    public SemaphoreSlim Tried { get; } = new(0);

    public IReadOnlyList<ListingRecord> Own => [.. _listed.Where(entry => !entry.Value.Withdrawn).Select(entry => new ListingRecord
    {
        Id = entry.Key, Seller = Holder, Version = entry.Value.Version, IssuedAt = Issued, ExpiresAt = Issued, Name = entry.Value.Offer.Name,
        Payee = entry.Value.Offer.Payee, Price = entry.Value.Offer.Price, Network = "", Token = "",
    })];

    public Task<IReadOnlyList<PublishResult>> PublishAsync(IReadOnlyList<ListingOffer> offers, CancellationToken cancellationToken)
    {
        try
        {
            if (Fault is { } fault)
                throw fault;
            Publications.Enqueue(offers.Count);
            if (Refusal is { } refusal)
                return Task.FromResult<IReadOnlyList<PublishResult>>([.. offers.Select(offer => new PublishResult(offer.Id, 0, false, null, refusal))]);
            foreach (var offer in offers)
                _listed.AddOrUpdate(offer.Id, (offer, 1, false), (_, before) => (offer, before.Version + 1, false));
            return Task.FromResult<IReadOnlyList<PublishResult>>([.. offers.Select(offer => new PublishResult(offer.Id, _listed[offer.Id].Version, true, null))]);
        }
        finally
        {
            Tried.Release();
        }
    }

    public Task<IReadOnlyList<string>> WithdrawAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<string> withdrawn = [];
        foreach (var id in ids)
        {
            if (_listed.TryGetValue(id, out var listed) && !listed.Withdrawn)
            {
                _listed[id] = (listed.Offer, listed.Version + 1, true);
                withdrawn.Add(id);
            }
        }

        return Task.FromResult<IReadOnlyList<string>>(withdrawn);
    }

    public Task<bool> RenewAsync(string id, CancellationToken cancellationToken)
    {
        var listed = _listed.TryGetValue(id, out var before) && !before.Withdrawn;
        if (listed)
            _listed[id] = (before.Offer, before.Version + 1, false);
        return Task.FromResult(listed);
    }

    public ListingOffer? OfferOf(string id) => _listed.TryGetValue(id, out var listed) && !listed.Withdrawn ? listed.Offer : null;

    public ValueTask<ConvergenceReceipt?> ReceiptAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult(_listed.TryGetValue(id, out var listed)
        ? new ConvergenceReceipt(id, listed.Version, listed.Withdrawn, Issued, Cid.Create(CidCodec.Raw, Multihash.Sha256([1])), null, [new Holder(Holder, Issued)])
        : null);

    public SearchPage Search(SearchQuery query) => throw new NotSupportedException();

    public MarketListing? Find(string id) => throw new NotSupportedException();

    public ValueTask<WhyReport?> WhyAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void ReportContact(string id, bool answered, TimeSpan latency) => throw new NotSupportedException();
}
