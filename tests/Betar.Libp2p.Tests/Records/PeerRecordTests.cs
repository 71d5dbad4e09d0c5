using System.Buffers;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;
using Betar.Libp2p.Records;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Records;

public sealed class PeerRecordTests : IDisposable
{
    private static readonly Multiaddr[] Addresses = [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1"), Multiaddr.Parse("/dns4/a/tcp/2")];

    private readonly IdentityKey _key = IdentityKey.FromEd25519Seed(new byte[32]);

    [Fact]
    public void A_sealed_record_opens()
    {
        Assert.True(PeerRecord.TryOpen(Seal(7), 2, out var record));
        Assert.Equal((_key.PeerId, 7ul), (record.Peer, record.Sequence));
        Assert.Equal(Addresses, record.Addresses);
    }

    [Fact]
    public void The_bytes_under_the_signature_are_those_of_the_network()
    {
        var record = new PeerRecord(_key.PeerId, 7, [Addresses[0]]);
        var envelope = record.Seal(_key);
        var payload = record.Encode();
        Assert.Equal("0a26" + Convert.ToHexStringLower(_key.PeerId.Bytes) + "1007" + "1a0a" + "0a08" + "0401020304060001", Convert.ToHexStringLower(payload));
        Assert.Equal("0301", Convert.ToHexStringLower(envelope.PayloadType.Span));

        byte[] signed = [18, .. "libp2p-peer-record"u8, 2, 3, 1, (byte)payload.Length, .. payload];
        var encoded = envelope.Encode();
        Assert.Equal(_key.Sign(signed), encoded[^64..]);
        Assert.Equal("0a24" + Convert.ToHexStringLower(_key.PublicKey.Encoded.Span) + "120203011a", Convert.ToHexStringLower(encoded.AsSpan(0, 43)));
        Assert.Equal("2a40", Convert.ToHexStringLower(encoded.AsSpan(encoded.Length - 66, 2)));
    }

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        var good = Seal(7);
        for (var i = 0; i < good.Length; i++)
        {
            var bent = (byte[])good.Clone();
            bent[i] ^= 1;
            Assert.False(PeerRecord.TryOpen(bent, 2, out _), $"byte {i}");
        }
    }

    [Fact]
    public void A_record_about_somebody_else_is_refused()
    {
        using var other = IdentityKey.Generate();
        Assert.False(PeerRecord.TryOpen(new PeerRecord(other.PeerId, 1, Addresses).Seal(_key).Encode(), 2, out _));
    }

    [Fact]
    public void Another_domain_is_refused() => Assert.False(PeerRecord.TryOpen(
        SignedEnvelope.Seal(_key, "libp2p-routing-state", PeerRecord.PayloadType, Payload()).Encode(), 2, out _));

    [Fact]
    public void Another_type_of_payload_is_refused() => Assert.False(PeerRecord.TryOpen(
        SignedEnvelope.Seal(_key, PeerRecord.Domain, [3, 2], Payload()).Encode(), 2, out _));

    [Fact]
    public void Of_more_addresses_than_allowed_the_first_are_taken_and_the_rest_is_told()
    {
        Assert.True(PeerRecord.TryOpen(Seal(7), 1, out var record, out var listed));
        Assert.Equal([Addresses[0]], record.Addresses);
        Assert.Equal(2, listed);
    }

    [Fact]
    public void Addresses_that_cannot_be_read_count_too()
    {
        Assert.True(PeerRecord.TryOpen(SealPayload(writer =>
        {
            writer.WriteBytes(1, _key.PeerId.Bytes);
            writer.WriteBytes(3, [0x0a, 1, 4]);
            writer.WriteBytes(3, [0x0a, 8, .. Addresses[0].Bytes.Span]);
        }), 1, out var record, out var listed));
        Assert.Equal((0, 2), (record.Addresses.Count, listed));
    }

    [Fact]
    public void An_entry_that_holds_several_addresses_counts_for_one_and_the_last_one_is_taken()
    {
        Assert.True(PeerRecord.TryOpen(SealPayload(writer =>
        {
            writer.WriteBytes(1, _key.PeerId.Bytes);
            writer.WriteBytes(3, [.. Enumerable.Range(1, 3).SelectMany(i => new byte[] { 0x0a, 8, 4, 1, 2, 3, (byte)i, 6, 0, 1 })]);
        }), 1, out var record));
        Assert.Equal([Multiaddr.Parse("/ip4/1.2.3.3/tcp/1")], record.Addresses);
    }

    [Fact]
    public void What_stands_behind_the_last_address_that_is_taken_must_still_be_well_formed() => Assert.False(PeerRecord.TryOpen(SealPayload(writer =>
    {
        writer.WriteBytes(1, _key.PeerId.Bytes);
        writer.WriteBytes(3, [0x0a, 8, .. Addresses[0].Bytes.Span]);
        writer.WriteBytes(3, [0x0a, 8, .. Addresses[0].Bytes.Span]);
        writer.WriteVarint(0, 1);
    }), 1, out _));

    [Fact]
    public void An_address_that_cannot_be_read_is_left_out()
    {
        Assert.True(PeerRecord.TryOpen(SealPayload(writer =>
        {
            writer.WriteBytes(1, _key.PeerId.Bytes);
            writer.WriteVarint(2, 1);
            writer.WriteBytes(3, [0x0a, 1, 4]);
            writer.WriteBytes(3, [0x0a, 8, .. Addresses[0].Bytes.Span]);
            writer.WriteVarint(9, 1);
        }), 2, out var record));
        Assert.Equal([Addresses[0]], record.Addresses);
    }

    [Fact]
    public void A_record_without_a_peer_is_refused() => Assert.False(PeerRecord.TryOpen(SealPayload(writer => writer.WriteVarint(2, 1)), 2, out _));

    [Fact]
    public void A_peer_that_is_none_is_refused() => Assert.False(PeerRecord.TryOpen(SealPayload(writer => writer.WriteBytes(1, [0, 1, 2])), 2, out _));

    [Theory]
    [InlineData("")]
    [InlineData("0a00")]
    [InlineData("0aff")]
    public void What_is_no_envelope_is_refused(string hex) => Assert.False(PeerRecord.TryOpen(Convert.FromHexString(hex), 2, out _));

    [Fact]
    public void Random_payloads_are_refused_or_read()
    {
        var random = new Random(TestSeed.Value);
        var good = Payload();
        for (var i = 0; i < 10_000; i++)
        {
            var payload = (byte[])good.Clone();
            for (var change = random.Next(4); change >= 0; change--)
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            if (PeerRecord.TryDecode(payload, 2, out var record, out _))
                Assert.InRange(record.Addresses.Count, 0, 2);
        }
    }

    public void Dispose() => _key.Dispose();

    private byte[] Payload() => new PeerRecord(_key.PeerId, 7, Addresses).Encode();

    private byte[] Seal(ulong sequence) => new PeerRecord(_key.PeerId, sequence, Addresses).Seal(_key).Encode();

    private byte[] SealPayload(Action<ProtoWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new ProtoWriter(output));
        return SignedEnvelope.Seal(_key, PeerRecord.Domain, PeerRecord.PayloadType, output.WrittenSpan).Encode();
    }
}
