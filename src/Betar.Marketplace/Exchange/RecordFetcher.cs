using Betar.Blocks.Exchange;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>Fetches the record whose name stands in a listing's metadata. So many at once; what nobody sends is asked for again, ever more rarely.</summary>
internal sealed class RecordFetcher(
    IBlockSource blocks, MarketView view, RecordIntake intake, ExchangeOptions options, TimeProvider time, BackgroundWork work, CancellationToken stopping)
{
    private const int MaxTries = 5;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Wanted> _wanted = new(StringComparer.Ordinal);
    private readonly Queue<Wanted> _ready = new();
    private int _running;

    /// <summary>Records that were not taken up because too many waited.</summary>
    public long Dropped { get; private set; }

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _wanted.Count;
        }
    }

    /// <summary>Looks at a listing that the replicated set carries; metadata that names no record of ours is left alone.</summary>
    public void Consider(Listing listing, PeerId? from)
    {
        if (!Cid.TryParse(listing.Metadata, out var cid) || cid.Codec != CidCodec.Raw || cid.Hash.Code != MultihashCode.Sha2256
            || view.Holds(listing.Id, cid))
        {
            return;
        }

        List<PeerId> likely = [];
        if (PeerId.TryParse(listing.SellerId, out var seller))
            likely.Add(seller);
        if (from is { } first && first != seller)
            likely.Add(first);
        lock (_lock)
        {
            if (_wanted.TryGetValue(listing.Id, out var before) && before.Cid.Equals(cid))
                return;
            if (before is null && _wanted.Count >= options.MaxWaitingFetches)
            {
                Dropped++;
                return;
            }

            var wanted = new Wanted(listing.Id, cid, likely);
            _wanted[listing.Id] = wanted;
            _ready.Enqueue(wanted);
        }

        Start();
    }

    /// <summary>Takes up again what has waited for its next try.</summary>
    public void Retry()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var wanted in _wanted.Values.Where(wanted => wanted.NextAt is { } next && next <= now))
            {
                wanted.NextAt = null;
                _ready.Enqueue(wanted);
            }
        }

        Start();
    }

    private void Start()
    {
        while (true)
        {
            Wanted? wanted;
            lock (_lock)
            {
                if (_running >= options.MaxFetches || !_ready.TryDequeue(out wanted))
                    return;
                if (!IsCurrent(wanted))
                    continue;
                _running++;
            }

            work.Run(() => FetchAsync(wanted));
        }
    }

    private async Task FetchAsync(Wanted wanted)
    {
        var settled = false;
        try
        {
            settled = view.Holds(wanted.Id, wanted.Cid);
            if (!settled && await blocks.FetchAsync(wanted.Cid, wanted.Likely, stopping) is { } block)
            {
                // Whatever it says, it will say the same next time.
                intake.Take(block.Data, null, wanted.Id, out _);
                settled = true;
            }
        }
        finally
        {
            lock (_lock)
            {
                _running--;
                if (IsCurrent(wanted))
                    Settle(wanted, settled);
            }

            Start();
        }
    }

    private void Settle(Wanted wanted, bool settled)
    {
        if (settled || ++wanted.Tries >= MaxTries)
            _wanted.Remove(wanted.Id);
        else
            wanted.NextAt = time.GetUtcNow() + (s_firstPause * (1 << (2 * (wanted.Tries - 1))));
    }

    private bool IsCurrent(Wanted wanted) => ReferenceEquals(_wanted.GetValueOrDefault(wanted.Id), wanted);

    private sealed class Wanted(string id, Cid cid, IReadOnlyList<PeerId> likely)
    {
        public string Id => id;

        public Cid Cid => cid;

        public IReadOnlyList<PeerId> Likely => likely;

        public int Tries { get; set; }

        public DateTimeOffset? NextAt { get; set; }
    }
}
