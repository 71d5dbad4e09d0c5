using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Betar.Libp2p.Dns;

/// <summary>Reads the records of an answer one by one.</summary>
internal static class DnsRecordReader
{
    private const int FixedLength = 10;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>False: not well-formed. True with null: a record that nobody asked for.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, out DnsRecord? record)
    {
        record = null;
        if (!DnsName.TryDecode(message, ref at, out var owner) || message.Length - at < FixedLength)
            return false;
        var type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
        var group = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
        // A number with its first bit set counts as none (RFC 2181).
        var seconds = BinaryPrimitives.ReadInt32BigEndian(message[(at + 4)..]);
        var life = TimeSpan.FromSeconds(Math.Max(0, seconds));
        int length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
        var start = at + FixedLength;
        if (message.Length - start < length)
            return false;
        at = start + length;
        var data = message.Slice(start, length);
        var isWellFormed = group != DnsQuery.ClassIn || type switch
        {
            DnsRecordType.A => TryReadAddress(owner, type, data, 4, out record),
            DnsRecordType.Aaaa => TryReadAddress(owner, type, data, 16, out record),
            DnsRecordType.Txt => TryReadText(owner, data, out record),
            DnsRecordType.Cname => TryReadAlias(owner, message[..at], start, out record),
            _ => true,
        };
        if (record is not null)
            record = record with { Life = life };
        return isWellFormed;
    }

    private static bool TryReadAddress(string owner, DnsRecordType type, ReadOnlySpan<byte> data, int length, out DnsRecord? record)
    {
        record = data.Length == length ? new DnsRecord(owner, type, new IPAddress(data), null, null) : null;
        return record is not null;
    }

    // A text is cut into strings of at most 255 bytes, which belong together. One that is not UTF-8 is left out.
    private static bool TryReadText(string owner, ReadOnlySpan<byte> data, out DnsRecord? record)
    {
        record = null;
        var joined = new byte[data.Length];
        var used = 0;
        for (var at = 0; at < data.Length;)
        {
            int length = data[at++];
            if (data.Length - at < length)
                return false;
            data.Slice(at, length).CopyTo(joined.AsSpan(used));
            used += length;
            at += length;
        }

        try
        {
            record = new DnsRecord(owner, DnsRecordType.Txt, null, Utf8.GetString(joined.AsSpan(0, used)), null);
        }
        catch (DecoderFallbackException)
        {
            return true;
        }

        return true;
    }

    private static bool TryReadAlias(string owner, ReadOnlySpan<byte> message, int at, out DnsRecord? record)
    {
        record = DnsName.TryDecode(message, ref at, out var alias) && at == message.Length && alias.Length > 0
            ? new DnsRecord(owner, DnsRecordType.Cname, null, null, alias)
            : null;
        return record is not null;
    }
}
