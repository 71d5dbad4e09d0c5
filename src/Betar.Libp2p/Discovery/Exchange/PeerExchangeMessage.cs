using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Discovery.Exchange;

/// <summary>The answer of a peer: <c>repeated bytes record = 1</c>, each an envelope with a signed peer record. Other fields are passed over.</summary>
internal static class PeerExchangeMessage
{
    private const int RecordField = 1;
    private const int MaxFrame = 1 + Varint.MaxLength;

    public static int MaxLength(int records, int recordBytes) => checked(records * (recordBytes + MaxFrame));

    public static ReadOnlyMemory<byte> Encode(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        foreach (var record in records)
            writer.WriteBytes(RecordField, record.Span);
        return output.WrittenMemory;
    }

    /// <summary>False for what is not well-formed.</summary>
    /// <param name="cut">There were more records than are taken, or one that is too long.</param>
    public static bool TryDecode(ReadOnlySpan<byte> message, int maxRecords, int maxRecordBytes, out IReadOnlyList<ReadOnlyMemory<byte>> records, out bool cut)
    {
        List<ReadOnlyMemory<byte>> taken = [];
        (records, cut) = (taken, false);
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var field, out var type))
        {
            if ((field, type) != (RecordField, WireType.Bytes))
                reader.TrySkip(type);
            else if (!reader.TryReadBytes(out var bytes))
                return false;
            else if (taken.Count == maxRecords || bytes.Length > maxRecordBytes)
                cut = true;
            else
                taken.Add(bytes.ToArray());
        }

        return !reader.Failed;
    }
}
