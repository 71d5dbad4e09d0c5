using Betar.Marketplace;
using Betar.Marketplace.Trust;
using Betar.X402;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>
/// Waits until one node's buyers see some listings at some prices, from a record that the seller signed; looks at each change, and at nothing by a timer.
/// </summary>
internal sealed class Sight : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AtomicAmount> _missing;
    private readonly IMarketplace _market;
    private readonly Func<double> _now;
    private readonly bool _signed;
    private readonly TaskCompletionSource<double> _done = new();

    /// <param name="market">Of the node.</param>
    /// <param name="expected">Prices by listing.</param>
    /// <param name="now">The clock that is read when the last of them is there.</param>
    /// <param name="signed">False: what nobody signed counts, too.</param>
    public Sight(IMarketplace market, IEnumerable<KeyValuePair<string, AtomicAmount>> expected, Func<double> now, bool signed = true)
    {
        (_market, _now, _signed) = (market, now, signed);
        _missing = new(expected, StringComparer.Ordinal);
        _market.Changed += OnChanged;
        foreach (string id in _missing.Keys.ToArray())
            Look(market.Find(id));
        Finish();
    }

    /// <summary>What the clock said. Goes on where the change was said, so that virtual time has nothing to do with other threads.</summary>
    public Task<double> Done => _done.Task;

    public int Missing
    {
        get
        {
            lock (_lock)
                return _missing.Count;
        }
    }

    public void Dispose() => _market.Changed -= OnChanged;

    private void OnChanged(object? sender, MarketChange change)
    {
        Look(change.Listing);
        Finish();
    }

    private void Look(MarketListing? listing)
    {
        lock (_lock)
        {
            if (listing is not null && (!_signed || listing.Trust is TrustLevel.Verified or TrustLevel.Own) && _missing.TryGetValue(listing.Id, out AtomicAmount price) && price.Equals(listing.PriceAtomic))
                _missing.Remove(listing.Id);
        }
    }

    private void Finish()
    {
        if (Missing == 0)
            _done.TrySetResult(_now());
    }
}
