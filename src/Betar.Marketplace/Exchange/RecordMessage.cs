using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Protobuf;

namespace Betar.Marketplace.Exchange;

/// <summary>
/// Question and answer of <c>/betar-orleans/listing-records/1.0.0</c>: <c>repeated bytes record = 1; bytes sums = 2; string after = 3;
/// string next = 4; repeated Held held = 5; Held { string id = 1; uint64 version = 2 }</c>.
/// </summary>
/// <param name="Records">Signed records, as their blocks are.</param>
/// <param name="Sums">In a question: the asker's heaps; it wants what differs. Empty: it wants nothing.</param>
/// <param name="After">In a question: only what comes behind this id.</param>
/// <param name="Next">In an answer: there is more behind this id. Empty: that was all.</param>
/// <param name="Held">In an answer: which versions the answerer has of the records in the question.</param>
internal sealed record RecordMessage(
    IReadOnlyList<ReadOnlyMemory<byte>> Records, ReadOnlyMemory<byte> Sums, string After, string Next, IReadOnlyList<HeldVersion> Held)
{
    public const string Protocol = "/betar-orleans/listing-records/1.0.0";

    public static RecordMessage Empty { get; } = new([], default, "", "", []);

    private const int MaxIdBytes = 512;
    private const int MaxSumsBytes = 4096;

    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        foreach (var record in Records)
            writer.WriteBytes(1, record.Span);
        if (!Sums.IsEmpty)
            writer.WriteBytes(2, Sums.Span);
        if (After.Length > 0)
            writer.WriteString(3, After);
        if (Next.Length > 0)
            writer.WriteString(4, Next);
        foreach (var held in Held)
        {
            var inner = new ArrayBufferWriter<byte>();
            new ProtoWriter(inner).WriteString(1, held.Id);
            new ProtoWriter(inner).WriteVarint(2, held.Version);
            writer.WriteMessage(5, inner);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <param name="message">The bytes of a peer.</param>
    /// <param name="maxRecords">More records, or more versions, than this are a fault.</param>
    /// <param name="decoded">What they say.</param>
    public static bool TryDecode(ReadOnlyMemory<byte> message, int maxRecords, [NotNullWhen(true)] out RecordMessage? decoded)
    {
        decoded = null;
        List<ReadOnlyMemory<byte>> records = [];
        List<HeldVersion> held = [];
        byte[] sums = [];
        string after = "", next = "";
        var reader = new ProtoReader(message.Span);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (1, WireType.Bytes):
                    if (reader.TryReadBytes(out var record))
                        Add(ref reader, records, record.ToArray(), maxRecords);
                    break;
                case (2, WireType.Bytes):
                    if (reader.TryReadBytes(out var bytes) && bytes.Length > MaxSumsBytes)
                        reader.Fail();
                    sums = bytes.ToArray();
                    break;
                case (3, WireType.Bytes):
                    reader.TryReadString(MaxIdBytes, out after);
                    break;
                case (4, WireType.Bytes):
                    reader.TryReadString(MaxIdBytes, out next);
                    break;
                case (5, WireType.Bytes):
                    if (reader.TryReadBytes(out var inner))
                    {
                        if (TryReadHeld(inner, out var version))
                            Add(ref reader, held, version, maxRecords);
                        else
                            reader.Fail();
                    }

                    break;
                default:
                    reader.TrySkip(type);
                    break;
            }
        }

        decoded = reader.Failed ? null : new RecordMessage(records, sums, after, next, held);
        return decoded is not null;
    }

    private static void Add<T>(ref ProtoReader reader, List<T> items, T item, int most)
    {
        if (items.Count < most)
            items.Add(item);
        else
            reader.Fail();
    }

    private static bool TryReadHeld(ReadOnlySpan<byte> encoded, out HeldVersion held)
    {
        var id = "";
        ulong version = 0;
        var reader = new ProtoReader(encoded);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (1, WireType.Bytes):
                    reader.TryReadString(MaxIdBytes, out id);
                    break;
                case (2, WireType.Varint):
                    reader.TryReadVarint(out version);
                    break;
                default:
                    reader.TrySkip(type);
                    break;
            }
        }

        held = new HeldVersion(id, version);
        return !reader.Failed;
    }
}
