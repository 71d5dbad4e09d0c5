using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>One packet of multicast DNS (RFC 6762), as far as finding peers needs it: questions, and the records PTR and TXT of all sections.</summary>
internal sealed record MdnsMessage(bool IsAnswer, IReadOnlyList<MdnsQuestion> Questions, IReadOnlyList<MdnsRecord> Records)
{
    public const int HeaderLength = 12;
    public const int AnswerFlag = 0x8000;
    public const ushort ClassIn = 1;

    private const int OpcodeAndCodeMask = 0x780F;
    private const int ClassMask = 0x7FFF;
    private const int FixedLength = 10;

    /// <summary>It has more questions and records than are read; none of them was.</summary>
    public bool HasTooMany { get; private init; }

    /// <summary>False for what is not well-formed as far as it is read. What stands behind the last record is not looked at.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, int maxRecords, [NotNullWhen(true)] out MdnsMessage? message)
    {
        message = null;
        if (packet.Length < HeaderLength)
            return false;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if ((flags & OpcodeAndCodeMask) != 0)
            return false;
        var isAnswer = (flags & AnswerFlag) != 0;
        int questions = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) + BinaryPrimitives.ReadUInt16BigEndian(packet[8..]) + BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        if (questions + records > maxRecords)
        {
            message = new MdnsMessage(isAnswer, [], []) { HasTooMany = true };
            return true;
        }

        var at = HeaderLength;
        List<MdnsQuestion> asked = [];
        for (var i = 0; i < questions; i++)
        {
            if (!TryReadQuestion(packet, ref at, asked))
                return false;
        }

        List<MdnsRecord> read = [];
        for (var i = 0; i < records; i++)
        {
            if (!TryReadRecord(packet, ref at, read))
                return false;
        }

        message = new MdnsMessage(isAnswer, asked, read);
        return true;
    }

    // The first bit of the class asks for an answer to one alone, or says that older records are void; it does not change whom we mean.
    private static bool TryReadQuestion(ReadOnlySpan<byte> packet, ref int at, List<MdnsQuestion> asked)
    {
        if (!DnsName.TryDecode(packet, ref at, out var name) || packet.Length - at < 4)
            return false;
        var type = (MdnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        if ((BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]) & ClassMask) == ClassIn)
            asked.Add(new MdnsQuestion(name, type));
        at += 4;
        return true;
    }

    private static bool TryReadRecord(ReadOnlySpan<byte> packet, ref int at, List<MdnsRecord> read)
    {
        if (!DnsName.TryDecode(packet, ref at, out var owner) || packet.Length - at < FixedLength)
            return false;
        var type = (MdnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        var isInternet = (BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]) & ClassMask) == ClassIn;
        var life = TimeSpan.FromSeconds(Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(packet[(at + 4)..])));
        int length = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 8)..]);
        var start = at + FixedLength;
        if (packet.Length - start < length)
            return false;
        at = start + length;
        if (!isInternet)
            return true;
        if (type == MdnsRecordType.Ptr)
        {
            if (!DnsName.TryDecode(packet[..at], ref start, out var target) || start != at)
                return false;
            read.Add(new MdnsRecord(owner, type, target, [], life));
        }
        else if (type == MdnsRecordType.Txt)
        {
            if (!TryReadTexts(packet[start..at], out var texts))
                return false;
            read.Add(new MdnsRecord(owner, type, string.Empty, texts, life));
        }

        return true;
    }

    /// <summary>Each string stands for itself here, unlike in the texts of other names.</summary>
    private static bool TryReadTexts(ReadOnlySpan<byte> data, out List<string> texts)
    {
        texts = [];
        for (var at = 0; at < data.Length;)
        {
            int length = data[at++];
            if (data.Length - at < length)
                return false;
            var text = data.Slice(at, length);
            if (Ascii.IsValid(text))
                texts.Add(Encoding.ASCII.GetString(text));
            at += length;
        }

        return true;
    }
}
