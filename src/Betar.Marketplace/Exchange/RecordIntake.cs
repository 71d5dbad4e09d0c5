using Betar.Libp2p.Identity;
using Betar.Marketplace.Records;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>The one door for other people's records: what comes in through it was signed, is in time, newer than what was known, and kept.</summary>
internal sealed class RecordIntake(MarketView view, ListingKeeper keeper, RecordLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordFault, long> _faults = [];

    /// <summary>How many were refused, by the reason.</summary>
    public IReadOnlyDictionary<RecordFault, long> Faults
    {
        get
        {
            lock (_lock)
                return new Dictionary<RecordFault, long>(_faults);
        }
    }

    /// <param name="envelope">The bytes.</param>
    /// <param name="from">Who brought them.</param>
    /// <param name="expected">The listing that they were fetched for; null: any.</param>
    /// <param name="record">What was signed, also when it is not news; null: nothing that a seller signed.</param>
    public RecordFault Take(ReadOnlyMemory<byte> envelope, PeerId? from, string? expected, out SignedListing? record)
    {
        if (SignedListing.TryOpen(envelope.Span, limits, out record, out var fault))
        {
            fault = expected is not null && record.Record.Id != expected ? RecordFault.OtherListing : view.Accept(record);
            if (fault == RecordFault.None)
            {
                keeper.Keep(record);
                if (from == record.Record.Seller)
                    view.Seen(record.Record.Seller);
            }
        }

        if (fault is not (RecordFault.None or RecordFault.NotNewer))
        {
            lock (_lock)
                _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        }

        return fault;
    }
}
