using System.Buffers.Binary;
using System.Net;
using System.Text;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>Writes answers as a server does, and as one should not. The name of the question stands at offset 12.</summary>
internal sealed class MessageBuilder
{
    public const ushort PointerToQuestion = 0xC00C;
    private readonly List<byte> _bytes = [];
    private readonly DnsQuery _query;
    private ushort _answers;

    public MessageBuilder(DnsQuery query, ushort flags = 0x8180)
    {
        _query = query;
        U16(query.Id).U16(flags).U16(1).U16(0).U16(0).U16(0).Raw(DnsName.Encode(query.Name)).U16((ushort)query.Type).U16(1);
    }

    public static byte[] Name(string name) => DnsName.Encode(name);

    public MessageBuilder A(string address, string? owner = null, uint seconds = 60) =>
        Record(DnsRecordType.A, IPAddress.Parse(address).GetAddressBytes(), owner, seconds: seconds);

    public MessageBuilder Aaaa(string address, string? owner = null) => Record(DnsRecordType.Aaaa, IPAddress.Parse(address).GetAddressBytes(), owner);

    public MessageBuilder Cname(string alias, string? owner = null, uint seconds = 60) => Record(DnsRecordType.Cname, Name(alias), owner, seconds: seconds);

    public MessageBuilder Txt(params string[] strings) => Record(DnsRecordType.Txt, Strings(strings), null);

    public MessageBuilder Record(DnsRecordType type, byte[] data, string? owner, ushort group = 1, uint seconds = 60)
    {
        _answers++;
        if (owner is null)
            U16(PointerToQuestion);
        else
            Raw(Name(owner));
        return U16((ushort)type).U16(group).U16((ushort)(seconds >> 16)).U16((ushort)seconds).U16((ushort)data.Length).Raw(data);
    }

    /// <summary>A record from its bytes: nothing is checked or added.</summary>
    public MessageBuilder RawRecord(params byte[] bytes)
    {
        _answers++;
        return Raw(bytes);
    }

    public MessageBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public MessageBuilder U16(ushort value) => Raw((byte)(value >> 8), (byte)value);

    public byte[] Build(ushort? answers = null, ushort questions = 1)
    {
        var message = _bytes.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), questions);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), answers ?? _answers);
        return message;
    }

    public DnsResponse? Parse(int maxRecords = 64) => DnsResponse.TryParse(Build(), _query, maxRecords, out var response) ? response : null;

    private static byte[] Strings(string[] strings) =>
        [.. strings.SelectMany(text => Encoding.UTF8.GetBytes(text) is var bytes ? bytes.Prepend((byte)bytes.Length) : [])];
}
