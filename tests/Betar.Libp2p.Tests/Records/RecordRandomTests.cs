using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Records;

/// <summary>Records and what peers say of themselves come back as they were written; cut or mixed up they never do.</summary>
public sealed class RecordRandomTests
{
    [Theory]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Secp256k1)]
    [InlineData(KeyType.Ecdsa)]
    [InlineData(KeyType.Rsa)]
    public void A_record_of_any_signer_comes_back(KeyType type)
    {
        using var key = Identities.New(type);
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 20; round++)
        {
            var record = new PeerRecord(key.PeerId, (ulong)random.NextInt64(), [.. Some(random, 32)]);
            var envelope = record.Seal(key).Encode();

            Assert.True(PeerRecord.TryOpen(envelope, 32, out var opened), $"seed {TestSeed.Value}, round {round}");
            Assert.Equal((record.Peer, record.Sequence), (opened.Peer, opened.Sequence));
            Assert.Equal(record.Addresses, opened.Addresses);
        }
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(ulong.MaxValue)]
    public void Every_number_of_a_record_comes_back(ulong sequence)
    {
        using var key = Somebody.Key(3);
        Assert.True(PeerRecord.TryOpen(new PeerRecord(key.PeerId, sequence, []).Seal(key).Encode(), 32, out var opened));
        Assert.Equal(sequence, opened.Sequence);
    }

    [Fact]
    public void No_beginning_of_a_record_and_no_two_halves_of_two_are_one()
    {
        using var key = Somebody.Key(3);
        var one = new PeerRecord(key.PeerId, 1, [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")]).Seal(key).Encode();
        var two = new PeerRecord(key.PeerId, 2, [Multiaddr.Parse("/ip4/4.3.2.1/tcp/1")]).Seal(key).Encode();
        Assert.Equal(one.Length, two.Length);
        for (var cut = 0; cut < one.Length; cut++)
        {
            Assert.False(PeerRecord.TryOpen(one.AsSpan(0, cut), 32, out _), $"{cut} bytes");
            byte[] mixed = [.. one[..cut], .. two[cut..]];
            if (!mixed.AsSpan().SequenceEqual(one) && !mixed.AsSpan().SequenceEqual(two))
                Assert.False(PeerRecord.TryOpen(mixed, 32, out _), $"mixed at {cut}");
        }
    }

    [Fact]
    public void What_a_peer_says_comes_back_through_any_number_of_parts() => Assert.All(Enumerable.Range(0, 200), round =>
    {
        var random = new Random(TestSeed.Value + round);
        using var key = Somebody.Key((byte)random.Next(1, 100));
        var message = new IdentifyMessage
        {
            PublicKey = random.Next(3) == 0 ? default : key.PublicKey.Encoded,
            ListenAddresses = [.. Some(random, 32)],
            Protocols = [.. Enumerable.Range(0, random.Next(random.Next(5) == 0 ? 900 : 10)).Select(i => $"/{i}/{new string('p', random.Next(20))}")],
            ObservedAddress = random.Next(2) == 0 ? null : Multiaddr.Parse("/ip4/9.9.9.9/tcp/9"),
            AgentVersion = random.Next(2) == 0 ? null : new string('a', random.Next(257)),
            ProtocolVersion = random.Next(2) == 0 ? null : "ipfs/0.1.0",
            SignedPeerRecord = random.Next(2) == 0 ? default : new PeerRecord(key.PeerId, 1, [.. Some(random, 32)]).Seal(key).Encode(),
        };
        var reader = new IdentifyReader(new MessageLimitOptions());
        var parts = IdentifyWriter.Write(message);
        foreach (var part in parts)
        {
            Assert.InRange(part.Length, 0, IdentifyWriter.MaxPart);
            Assert.True(reader.TryAdd(part), $"seed {TestSeed.Value}, round {round}: {reader.Limit}");
        }

        var read = reader.Message;
        Assert.True(message.PublicKey.Span.SequenceEqual(read.PublicKey.Span));
        Assert.True(message.SignedPeerRecord.Span.SequenceEqual(read.SignedPeerRecord.Span));
        Assert.Equal(message.ListenAddresses, read.ListenAddresses);
        Assert.Equal(message.Protocols, read.Protocols);
        Assert.Equal((message.ObservedAddress, message.AgentVersion, message.ProtocolVersion), (read.ObservedAddress, read.AgentVersion, read.ProtocolVersion));
    });

    private static IEnumerable<Multiaddr> Some(Random random, int most) => Enumerable.Range(0, random.Next(most + 1)).Select(_ => Multiaddr.Parse(random.Next(4) switch
    {
        0 => $"/ip6/2001:db8::{random.Next(1, 0xFFFF):x}/tcp/{random.Next(65536)}",
        1 => $"/dns4/peer{random.Next(100)}.example/tcp/{random.Next(65536)}/ws",
        2 => $"/ip4/192.0.2.{random.Next(256)}/udp/{random.Next(65536)}/quic-v1",
        _ => $"/ip4/192.0.2.{random.Next(256)}/tcp/{random.Next(65536)}",
    }));
}
