using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Betar.Libp2p.Dns;

/// <summary>The answer to one question. Only the answer section is looked at: nothing that a server adds unasked is believed.</summary>
internal sealed record DnsResponse(DnsResponseCode Code, bool IsTruncated, IReadOnlyList<DnsRecord> Records)
{
    private const int ResponseFlag = 0x8000;
    private const int OpcodeMask = 0x7800;
    private const int TruncatedFlag = 0x0200;
    private const int CodeMask = 0x000F;

    /// <summary>It has more records than are read; none of them was.</summary>
    public bool HasTooMany { get; private init; }

    /// <summary>False for anything but a well-formed answer to this very question, as far as it is read.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, DnsQuery query, int maxRecords, [NotNullWhen(true)] out DnsResponse? response)
    {
        response = null;
        if (message.Length < DnsQuery.HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(message) != query.Id)
            return false;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & ResponseFlag) == 0 || (flags & OpcodeMask) != 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return false;
        var at = DnsQuery.HeaderLength;
        if (!IsQuestion(message, query, ref at))
            return false;
        var code = (DnsResponseCode)(flags & CodeMask);
        if ((flags & TruncatedFlag) != 0)
        {
            response = new DnsResponse(code, true, []);
            return true;
        }

        var count = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        if (count > maxRecords)
        {
            response = new DnsResponse(code, false, []) { HasTooMany = true };
            return true;
        }

        if (!TryReadRecords(message, ref at, count, out var records))
            return false;
        response = new DnsResponse(code, false, records);
        return true;
    }

    private static bool IsQuestion(ReadOnlySpan<byte> message, DnsQuery query, ref int at)
    {
        if (!DnsName.TryDecode(message, ref at, out var name) || name != query.Name || message.Length - at < 4)
            return false;
        var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
        var group = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
        at += 4;
        return type == (ushort)query.Type && group == DnsQuery.ClassIn;
    }

    private static bool TryReadRecords(ReadOnlySpan<byte> message, ref int at, int count, out List<DnsRecord> records)
    {
        records = [];
        for (var i = 0; i < count; i++)
        {
            if (!DnsRecordReader.TryRead(message, ref at, out var record))
                return false;
            if (record is not null)
                records.Add(record);
        }

        return true;
    }
}
