using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Trust;

/// <summary>
/// The newest record of each id, in 256 heaps by the first byte of the id's hash. Each heap has a sum, so that two nodes see at once in which
/// of them they differ.
/// </summary>
internal sealed class RecordBook
{
    public const int Heaps = 256;

    private readonly Dictionary<string, SignedListing> _records = new(StringComparer.Ordinal);
    private readonly SortedSet<string>[] _heaps = [.. Enumerable.Range(0, Heaps).Select(_ => new SortedSet<string>(StringComparer.Ordinal))];
    private readonly ulong[] _sums = new ulong[Heaps];

    public int Count => _records.Count;

    public SignedListing? Find(string id) => _records.GetValueOrDefault(id);

    public void Put(SignedListing record)
    {
        Remove(record.Record.Id);
        _records.Add(record.Record.Id, record);
        var heap = HeapOf(record.Record.Id);
        _heaps[heap].Add(record.Record.Id);
        _sums[heap] ^= Sum(record);
    }

    public void Remove(string id)
    {
        if (!_records.Remove(id, out var record))
            return;
        var heap = HeapOf(id);
        _heaps[heap].Remove(id);
        _sums[heap] ^= Sum(record);
    }

    /// <summary>The sums of all heaps, eight bytes each.</summary>
    public byte[] Sums()
    {
        var sums = new byte[Heaps * sizeof(ulong)];
        for (var i = 0; i < Heaps; i++)
            BinaryPrimitives.WriteUInt64BigEndian(sums.AsSpan(i * sizeof(ulong)), _sums[i]);
        return sums;
    }

    /// <summary>Records of the heaps that differ, heap by heap and in the order of their ids, from behind one of them.</summary>
    /// <param name="sums">Somebody else's sums; any other length than all of them: everything differs.</param>
    /// <param name="after">Empty: from the beginning.</param>
    public IEnumerable<SignedListing> Differing(ReadOnlyMemory<byte> sums, string after)
    {
        for (var heap = after.Length == 0 ? 0 : HeapOf(after); heap < Heaps; heap++)
        {
            if (sums.Length == Heaps * sizeof(ulong)
                && BinaryPrimitives.ReadUInt64BigEndian(sums.Span[(heap * sizeof(ulong))..]) == _sums[heap])
            {
                continue;
            }

            var ids = _heaps[heap];
            if (after.Length > 0 && heap == HeapOf(after))
                ids = ids.Max is { } last && string.CompareOrdinal(last, after) > 0 ? ids.GetViewBetween(after, last) : [];
            foreach (var id in ids)
            {
                if (id != after)
                    yield return _records[id];
            }
        }
    }

    private static int HeapOf(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id))[0];

    private static ulong Sum(SignedListing record) => BinaryPrimitives.ReadUInt64BigEndian(record.Cid.Hash.Digest.Span);
}
