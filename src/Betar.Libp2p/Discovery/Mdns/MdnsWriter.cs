using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>Writes the question for a service, and the answer that names one peer of it.</summary>
internal static class MdnsWriter
{
    /// <summary>What an answer needs with the longest names and one address.</summary>
    public const int LeastBytes = 512;

    /// <summary>More is cut into pieces on the usual link, and pieces get lost.</summary>
    public const int MostBytes = 1452;

    private const string Domain = "local";
    private const string AddressKey = "dnsaddr=";
    private const int MaxText = 255;
    private const int RecordHead = 10;

    // Who asks for a service in the usual way wants a port; nobody dials it, since the addresses have theirs.
    private const ushort NominalPort = 4001;

    /// <summary>"betar-mdns.local".</summary>
    public static string ServiceName(string service) => $"{service}.{Domain}";

    public static byte[] Query(string serviceName)
    {
        var name = DnsName.Encode(serviceName);
        var packet = new byte[MdnsMessage.HeaderLength + name.Length + 4];
        packet[5] = 1;
        name.CopyTo(packet, MdnsMessage.HeaderLength);
        var rest = packet.AsSpan(MdnsMessage.HeaderLength + name.Length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)MdnsRecordType.Ptr);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], MdnsMessage.ClassIn);
        return packet;
    }

    /// <summary>
    /// The service's PTR to the peer's name; beside it the TXT with the addresses, and SRV with A and AAAA, which libp2p does not read but some
    /// libraries of multicast DNS wait for. Addresses that do not fit are left out, the last ones first.
    /// </summary>
    /// <param name="addresses">With the peer at their ends.</param>
    public static byte[] Answer(string serviceName, string peerName, IReadOnlyList<Multiaddr> addresses, TimeSpan life, int maxBytes)
    {
        var owner = DnsName.Encode($"{peerName}.{serviceName}");
        var host = DnsName.Encode($"{peerName}.{Domain}");
        var seconds = (uint)life.TotalSeconds;
        var pointer = Record(DnsName.Encode(serviceName), MdnsRecordType.Ptr, seconds, owner);
        var server = Record(owner, MdnsRecordType.Srv, seconds, [0, 0, 0, 0, NominalPort >> 8, NominalPort & 0xFF, .. host]);
        var used = MdnsMessage.HeaderLength + pointer.Length + server.Length + owner.Length + RecordHead;
        List<byte> texts = [];
        List<byte[]> hosts = [];
        HashSet<IPAddress> known = [];
        foreach (var address in addresses)
        {
            var text = Encoding.ASCII.GetBytes(AddressKey + address);
            if (text.Length > MaxText)
                continue;
            var more = address.TryGetIpEndPoint(out var endPoint) && known.Add(endPoint.Address) ? HostRecord(host, seconds, endPoint.Address) : [];
            if (used + 1 + text.Length + more.Length > maxBytes)
                break;
            used += 1 + text.Length + more.Length;
            texts.Add((byte)text.Length);
            texts.AddRange(text);
            if (more.Length > 0)
                hosts.Add(more);
        }

        var header = new byte[MdnsMessage.HeaderLength];
        // Who answers here is the authority for it (RFC 6762, 18.4).
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), MdnsMessage.AnswerFlag | 0x0400);
        header[7] = 1;
        header[11] = (byte)(2 + hosts.Count);
        return [.. header, .. pointer, .. Record(owner, MdnsRecordType.Txt, seconds, [.. texts]), .. server, .. hosts.SelectMany(record => record)];
    }

    /// <summary>The addresses of a text record, as far as they are some.</summary>
    public static IEnumerable<Multiaddr> AddressesOf(MdnsRecord record)
    {
        foreach (var text in record.Texts)
        {
            if (text.StartsWith(AddressKey, StringComparison.Ordinal) && Multiaddr.TryParse(text[AddressKey.Length..], out var address) && address.Peer is not null)
                yield return address;
        }
    }

    private static byte[] HostRecord(byte[] host, uint seconds, IPAddress address) =>
        Record(host, address.AddressFamily == AddressFamily.InterNetwork ? MdnsRecordType.A : MdnsRecordType.Aaaa, seconds, address.GetAddressBytes());

    private static byte[] Record(byte[] owner, MdnsRecordType type, uint seconds, ReadOnlySpan<byte> data)
    {
        var record = new byte[owner.Length + RecordHead + data.Length];
        owner.CopyTo(record, 0);
        var rest = record.AsSpan(owner.Length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], MdnsMessage.ClassIn);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], seconds);
        BinaryPrimitives.WriteUInt16BigEndian(rest[8..], (ushort)data.Length);
        data.CopyTo(rest[RecordHead..]);
        return record;
    }
}
