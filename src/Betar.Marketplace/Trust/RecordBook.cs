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

    /// <remarks>Each in the order of the ids: a heap is some hundred records, and a tree of them would weigh ten times as much.</remarks>
    private readonly List<SignedListing>[] _heaps = [.. Enumerable.Range(0, Heaps).Select(_ => new List<SignedListing>())];
    private readonly ulong[] _sums = new ulong[Heaps];

    public int Count => _heaps.Sum(heap => heap.Count);

    public SignedListing? Find(string id)
    {
        var heap = _heaps[HeapOf(id)];
        return Place(heap, id) is >= 0 and var at ? heap[at] : null;
    }

    public void Put(SignedListing record)
    {
        var number = HeapOf(record.Record.Id);
        var heap = _heaps[number];
        var at = Place(heap, record.Record.Id);
        if (at >= 0)
        {
            _sums[number] ^= Sum(heap[at]);
            heap[at] = record;
        }
        else
        {
            heap.Insert(~at, record);
        }

        _sums[number] ^= Sum(record);
    }

    public void Remove(string id)
    {
        var number = HeapOf(id);
        var heap = _heaps[number];
        if (Place(heap, id) is not (>= 0 and var at))
            return;
        _sums[number] ^= Sum(heap[at]);
        heap.RemoveAt(at);
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

            var records = _heaps[heap];
            var place = after.Length > 0 && heap == HeapOf(after) ? Place(records, after) : -1;
            for (var at = place >= 0 ? place + 1 : ~place; at < records.Count; at++)
                yield return records[at];
        }
    }

    /// <summary>Where the id stands, or the complement of where it would.</summary>
    private static int Place(List<SignedListing> heap, string id)
    {
        var (low, high) = (0, heap.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(heap[middle].Record.Id, id);
            if (order == 0)
                return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private static int HeapOf(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id))[0];

    private static ulong Sum(SignedListing record) => BinaryPrimitives.ReadUInt64BigEndian(record.Cid.Hash.Digest.Span);
}
