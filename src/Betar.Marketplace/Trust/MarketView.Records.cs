using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Trust;

/// <summary>The signed records: what others are given of them, and what is kept.</summary>
internal sealed partial class MarketView
{
    /// <summary>Whether the newest record of the id is this one.</summary>
    public bool Holds(string id, Cid record)
    {
        lock (_lock)
            return _records.Find(id) is { } held && held.Cid.Equals(record);
    }

    public SignedListing? FindRecord(string id)
    {
        lock (_lock)
            return _records.Find(id);
    }

    /// <summary>The sums of the records' heaps.</summary>
    public byte[] RecordSums()
    {
        lock (_lock)
            return _records.Sums();
    }

    /// <summary>Records by which we differ from somebody, up to so many bytes and records.</summary>
    /// <returns>The records and whether there are more.</returns>
    public (IReadOnlyList<SignedListing> Records, bool More) RecordsAfter(ReadOnlyMemory<byte> sums, string after, int maxBytes, int maxRecords)
    {
        List<SignedListing> records = [];
        var bytes = 0;
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var record in _records.Differing(sums, after).Where(record => record.Record.ExpiresAt > now))
            {
                bytes += record.Envelope.Length;
                if (records.Count == maxRecords || (bytes > maxBytes && records.Count > 0))
                    return (records, true);
                records.Add(record);
            }
        }

        return (records, false);
    }

    /// <summary>What is to be kept of an id; null: nothing.</summary>
    public ListingRow? RowOf(string id)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(id) is not { } entry || (entry.Record is null && entry.Life is null))
                return null;
            var (record, life) = (entry.Record, entry.Life);
            return new ListingRow(
                id, record?.Envelope ?? default, record?.Cid.Hash.Digest ?? default, life?.LastSuccess, life?.Successes ?? 0, life?.Failures ?? 0, life?.Latency);
        }
    }

    /// <summary>What was found of a seller before the last restart.</summary>
    public void Recall(ListingRow row)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(row.Id, out var entry))
                return;
            entry.Life = Liveness.Of(row.LastSuccess, row.Successes, row.Failures, row.Latency);
            Judge(entry, time.GetUtcNow());
        }
    }
}
