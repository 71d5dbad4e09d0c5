using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Betar.Libp2p.Dns;

/// <summary>One question. Its number is not to be guessed, since it is half of what tells the answer from a forged one.</summary>
internal sealed record DnsQuery(ushort Id, string Name, DnsRecordType Type, bool Extended)
{
    public const int HeaderLength = 12;
    public const ushort ClassIn = 1;

    /// <summary>What every path carries unfragmented: what we take in one datagram, and say so.</summary>
    public const int DatagramLength = 1232;

    private const ushort RecursionDesired = 0x0100;
    private const ushort OptType = 41;

    public static DnsQuery Create(string name, DnsRecordType type, bool extended = true) =>
        new((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name, type, extended);

    public byte[] Encode()
    {
        var name = DnsName.Encode(Name);
        var opt = Extended ? Opt() : [];
        var message = new byte[HeaderLength + name.Length + 4 + opt.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, Id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        message[5] = 1;
        message[11] = (byte)(Extended ? 1 : 0);
        name.CopyTo(message, HeaderLength);
        var rest = message.AsSpan(HeaderLength + name.Length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], ClassIn);
        opt.CopyTo(rest[4..]);
        return message;
    }

    // RFC 6891: the root's name, the type, and our datagram length in the place of the class.
    private static byte[] Opt()
    {
        var record = new byte[11];
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(1), OptType);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(3), DatagramLength);
        return record;
    }
}
