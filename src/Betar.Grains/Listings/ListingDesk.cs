using Betar.Grains.Abstractions.Agents;
using Betar.Marketplace;
using Betar.Marketplace.Selling;

namespace Betar.Grains.Listings;

/// <summary>
/// Closed until the node has a marketplace. Publications that come close together are one, so that a fleet of thousands is some dozens of nodes
/// of the replicated set and not thousands.
/// </summary>
public sealed class ListingDesk : IListingDesk, IDisposable
{
    /// <summary>How long the first of several waits for the others.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private List<Waiting> _waiting = [];
    private IMarketplace? _market;
    private Func<AgentSpec, ListingOffer>? _offerOf;

    public ListingDesk(TimeProvider time) =>
        _timer = time.CreateTimer(_ => _ = PublishGatheredAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public bool IsOpen => Volatile.Read(ref _market) is not null;

    /// <summary>From now on the fleet's changes are published; what changed before is brought up to date, and what is no longer declared is taken back.</summary>
    /// <param name="market">Where to publish.</param>
    /// <param name="offerOf">What of an agent is published: its terms, and where it is reached.</param>
    /// <param name="declared">The fleet as it is.</param>
    public async Task<IReadOnlyList<PublishResult>> OpenAsync(
        IMarketplace market, Func<AgentSpec, ListingOffer> offerOf, IReadOnlyCollection<AgentSpec> declared)
    {
        _offerOf = offerOf;
        Volatile.Write(ref _market, market);
        var ids = declared.Select(spec => spec.AgentId).ToHashSet(StringComparer.Ordinal);
        await market.WithdrawAsync([.. market.Own.Select(record => record.Id).Where(id => !ids.Contains(id))], CancellationToken.None);
        return await market.PublishAsync([.. declared.Select(offerOf)], CancellationToken.None);
    }

    /// <summary>Before the marketplace goes.</summary>
    public void Close() => Volatile.Write(ref _market, null);

    public async Task<PublishResult?> PublishAsync(AgentSpec spec)
    {
        if (Volatile.Read(ref _market) is null)
            return null;
        var waiting = new Waiting(_offerOf!(spec), new TaskCompletionSource<PublishResult?>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiting.Add(waiting);
            if (_waiting.Count == 1)
                _timer.Change(Gathering, Timeout.InfiniteTimeSpan);
        }

        return await waiting.Done.Task;
    }

    public async Task<bool> RenewAsync(string agentId) =>
        Volatile.Read(ref _market) is { } market && await market.RenewAsync(agentId, CancellationToken.None);

    public async Task<bool> DelistAsync(string agentId) =>
        Volatile.Read(ref _market) is { } market && (await market.WithdrawAsync([agentId], CancellationToken.None)).Count > 0;

    public ValueTask<ConvergenceReceipt?> ReceiptAsync(string agentId) =>
        Volatile.Read(ref _market) is { } market ? market.ReceiptAsync(agentId, CancellationToken.None) : default;

    public void Dispose()
    {
        Close();
        _timer.Dispose();
    }

    private async Task PublishGatheredAsync()
    {
        List<Waiting> gathered;
        lock (_lock)
            (gathered, _waiting) = (_waiting, []);
        try
        {
            // Of two offers of one agent the later one counts, for both who wait.
            var offers = gathered.Select(waiting => waiting.Offer).Reverse().DistinctBy(offer => offer.Id).Reverse().ToList();
            var results = Volatile.Read(ref _market) is { } market
                ? (await market.PublishAsync(offers, CancellationToken.None)).ToDictionary(result => result.Id, StringComparer.Ordinal)
                : [];
            foreach (var waiting in gathered)
                waiting.Done.SetResult(results.GetValueOrDefault(waiting.Offer.Id));
        }
        catch (Exception fault)
        {
            foreach (var waiting in gathered)
                waiting.Done.TrySetException(fault);
        }
    }

    private sealed record Waiting(ListingOffer Offer, TaskCompletionSource<PublishResult?> Done);
}
