using Betar.Libp2p.Discovery.Mdns;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Discovery.Mdns;

public sealed class MdnsWriterTests
{
    private const int MaxBytes = 1400;
    private static readonly string Service = MdnsWriter.ServiceName("betar-mdns");
    private static readonly string Peer = Somebody.Id(1).ToString();

    [Fact]
    public void The_service_has_neither_underscores_nor_a_transport() => Assert.Equal("betar-mdns.local", Service);

    [Fact]
    public void An_answer_is_these_bytes()
    {
        byte[] service = [10, .. "betar-mdns"u8, 5, .. "local"u8, 0];
        byte[] owner = [3, .. "abc"u8, .. service];
        byte[] host = [3, .. "abc"u8, 5, .. "local"u8, 0];
        byte[] text = [.. System.Text.Encoding.ASCII.GetBytes($"dnsaddr=/ip4/10.0.0.1/tcp/4001/p2p/{Peer}")];
        byte[] expected =
        [
            0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 3,
            .. service, 0, 12, 0, 1, 0, 0, 0, 120, 0, (byte)owner.Length, .. owner,
            .. owner, 0, 16, 0, 1, 0, 0, 0, 120, 0, (byte)(1 + text.Length), (byte)text.Length, .. text,
            .. owner, 0, 33, 0, 1, 0, 0, 0, 120, 0, (byte)(6 + host.Length), 0, 0, 0, 0, 0x0F, 0xA1, .. host,
            .. host, 0, 1, 0, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 1,
        ];

        Assert.Equal(expected, MdnsWriter.Answer(Service, "abc", [Address("/ip4/10.0.0.1/tcp/4001")], TimeSpan.FromMinutes(2), MaxBytes));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Multiaddr[] addresses = [Address("/ip4/10.0.0.1/tcp/4001"), Address("/ip6/fe80::1/tcp/4001"), Address("/ip4/10.0.0.1/udp/4001/quic-v1")];
        var message = Read(MdnsWriter.Answer(Service, "abc", addresses, TimeSpan.FromMinutes(2), MaxBytes));

        Assert.Equal("abc." + Service, message.Records.Single(record => record.Type == MdnsRecordType.Ptr).Target);
        var text = message.Records.Single(record => record.Type == MdnsRecordType.Txt);
        Assert.Equal("abc." + Service, text.Owner);
        Assert.Equal(addresses, MdnsWriter.AddressesOf(text));
    }

    [Fact]
    public void However_many_addresses_there_are_a_packet_stays_within_its_bytes()
    {
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 200; i++)
        {
            Multiaddr[] addresses = [.. Enumerable.Range(0, random.Next(60)).Select(n => Address($"/ip4/10.{random.Next(256)}.0.{n}/tcp/{random.Next(1, 65536)}"))];
            var most = random.Next(512, MaxBytes + 1);
            var packet = MdnsWriter.Answer(Service, new string('a', 63), addresses, TimeSpan.FromMinutes(2), most);

            Assert.True(packet.Length <= most, $"seed {TestSeed.Value}: {packet.Length} > {most}");
            var read = MdnsWriter.AddressesOf(Read(packet).Records.Single(record => record.Type == MdnsRecordType.Txt)).ToList();
            Assert.Equal(addresses.Take(read.Count), read);
            Assert.True(read.Count == addresses.Length || most - packet.Length < 200, $"seed {TestSeed.Value}: room was left");
        }
    }

    [Fact]
    public void An_address_that_is_longer_than_a_text_may_be_is_left_out()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('n', 50), 4));
        var message = Read(MdnsWriter.Answer(Service, "abc", [Address($"/dns4/{name}/tcp/1"), Address("/ip4/10.0.0.1/tcp/1")], TimeSpan.FromMinutes(2), MaxBytes));

        Assert.Equal([Address("/ip4/10.0.0.1/tcp/1")], message.Records.SelectMany(MdnsWriter.AddressesOf));
    }

    [Theory]
    [InlineData("dnsaddr=/ip4/10.0.0.1/tcp/1")]
    [InlineData("dnsaddr=nonsense")]
    [InlineData("dnsaddr=")]
    [InlineData("dnsAddr=/ip4/10.0.0.1/tcp/1/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq")]
    [InlineData("txtvers=1")]
    public void Texts_that_name_no_peer_are_none(string text) =>
        Assert.Empty(MdnsWriter.AddressesOf(new MdnsRecord("x", MdnsRecordType.Txt, "", [text], TimeSpan.FromSeconds(1))));

    private static Multiaddr Address(string text) => Multiaddr.Parse(text).WithPeer(Somebody.Id(1));

    private static MdnsMessage Read(byte[] packet)
    {
        Assert.True(MdnsMessage.TryParse(packet, 256, out var message));
        return message;
    }
}
