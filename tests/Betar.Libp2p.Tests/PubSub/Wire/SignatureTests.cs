using System.Text;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Wire;

/// <summary>The signed bytes are those of the network, and every part of them counts.</summary>
public sealed class SignatureTests
{
    private const string Topic = "betar/marketplace/crdt";
    private const string Fields =
        "0a2600240801122003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
        + "12280a260a2401701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df1"
        + "1a0818a211187c518000" + "221662657461722f6d61726b6574706c6163652f63726474";

    private const string Signature =
        "a0aaf7c2ac198dead9442542f377fcd961aec0fa4a14271b4dee60a760a0fe80d4adeb18c8018a9dd6907da05cbe4c10e6fdfe79de6c842a9e53d7df2299450c";

    private static readonly byte[] Vector = Convert.FromHexString(Fields + "2a40" + Signature);
    private static readonly IdentityKey Author = IdentityKey.FromEd25519Seed([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void A_message_of_the_network_is_read_and_right()
    {
        var message = Read(Vector);

        Assert.True(message.Verify());
        Assert.Equal(Author.PeerId, message.Author);
        Assert.Equal((Topic, 1_775_000_000_000_000_000UL, MessageFault.None), (message.Topic, message.Sequence, message.Fault));
        Assert.Equal(Convert.FromHexString("0a260a2401701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df1"), message.Data.ToArray());
        Assert.Equal([.. message.Author.Bytes, .. Convert.FromHexString("18a211187c518000")], message.Id.Bytes.ToArray());
    }

    [Fact]
    public void Our_bytes_are_those_of_the_network_when_the_key_is_the_same() =>
        Assert.Equal(Convert.ToHexString(Vector), Convert.ToHexString(WireMessage.Sign(Author, Topic, 1_775_000_000_000_000_000, Read(Vector).Data).Raw.Span));

    [Fact]
    public void A_change_of_any_byte_is_seen()
    {
        for (var i = 0; i < Vector.Length; i++)
        {
            var changed = (byte[])Vector.Clone();
            changed[i] ^= 1;
            Assert.False(WireMessage.TryRead(changed, 256, out var message) && message.Verify(), $"byte {i}");
        }
    }

    [Fact]
    public void A_signature_without_the_prefix_is_refused() =>
        Assert.False(Read([.. Convert.FromHexString(Fields), 0x2a, 0x40, .. Author.Sign(Convert.FromHexString(Fields))]).Verify());

    [Fact]
    public void A_signature_over_the_key_too_is_refused()
    {
        byte[] key = [0x32, 0x24, .. Author.PublicKey.Encoded.Span];
        byte[] signed = [.. Encoding.ASCII.GetBytes("libp2p-pubsub:"), .. Convert.FromHexString(Fields), .. key];
        Assert.False(Read([.. Convert.FromHexString(Fields), 0x2a, 0x40, .. Author.Sign(signed), .. key]).Verify());
    }

    [Fact]
    public void The_key_may_stand_there_and_has_to_be_the_authors()
    {
        Assert.True(Read([.. Vector, 0x32, 0x24, .. Author.PublicKey.Encoded.Span]).Verify());
        using var other = IdentityKey.Generate();
        Assert.False(Read([.. Vector, 0x32, 0x24, .. other.PublicKey.Encoded.Span]).Verify());
        Assert.False(Read([.. Vector, 0x32, 0x01, 0x00]).Verify());
    }

    [Theory]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Secp256k1)]
    [InlineData(KeyType.Rsa)]
    [InlineData(KeyType.Ecdsa)]
    public void Keys_of_every_kind_sign(KeyType type)
    {
        using var identity = Identities.New(type);
        var message = WireMessage.Sign(identity, "t", 7, new byte[] { 1, 2, 3 });

        var read = Read(message.Raw.ToArray());

        Assert.True(read.Verify());
        Assert.Equal((identity.PeerId, 7UL, "t"), (read.Author, read.Sequence, read.Topic));
    }

    [Fact]
    public void A_key_that_does_not_stand_in_the_peer_id_has_to_be_there()
    {
        using var identity = Identities.New(KeyType.Rsa);
        var whole = WireMessage.Sign(identity, "t", 7, default).Raw.ToArray();
        var key = identity.PublicKey.Encoded.Length;

        Assert.True(Read(whole).Verify());
        Assert.False(Read(whole[..^(key + 3)]).Verify());
    }

    [Theory]
    [InlineData("no author", "12012a1a0800000000000000072201742a0101", MessageFault.MissingSignature)]
    [InlineData("no number", "0a010112012a2201742a0101", MessageFault.MissingSignature)]
    [InlineData("no signature", "0a010112012a1a080000000000000007220174", MessageFault.MissingSignature)]
    [InlineData("seven bytes of number", "0a010112012a1a07000000000000072201742a0101", MessageFault.MissingSignature)]
    [InlineData("nine bytes of number", "0a010112012a1a090000000000000000072201742a0101", MessageFault.MissingSignature)]
    [InlineData("no peer id", "0a010112012a1a0800000000000000072201742a0101", MessageFault.None)]
    [InlineData("a field of others", "0a010112012a1a0800000000000000072201742a01013a0101", MessageFault.UnknownField)]
    [InlineData("a number in another form", "0a010112012a18072201742a0101", MessageFault.UnknownField)]
    public void What_cannot_be_checked_is_not_right(string _, string hex, object fault)
    {
        var message = Read(Convert.FromHexString(hex));
        Assert.Equal((fault, false, true), (message.Fault, message.Verify(), message.Author.IsEmpty));
    }

    [Fact]
    public void A_message_with_a_field_of_others_is_not_right_although_its_signature_is() =>
        Assert.Equal((MessageFault.UnknownField, false), (Read([.. Vector, 0x38, 0x01]).Fault, Read([.. Vector, 0x38, 0x01]).Verify()));

    [Fact]
    public void What_is_no_protobuf_is_no_message()
    {
        Assert.False(WireMessage.TryRead(Vector[..^1], 256, out _));
        Assert.False(WireMessage.TryRead([0x0b], 256, out _));
        Assert.True(WireMessage.TryRead([], 256, out var empty));
        Assert.Equal(MessageFault.MissingSignature, empty.Fault);
    }

    [Fact]
    public void A_name_that_is_no_text_or_too_long_is_no_name()
    {
        Assert.Equal(string.Empty, Read([0x22, 0x02, 0xC3, 0x28]).Topic);
        Assert.True(WireMessage.TryRead(Vector, Topic.Length - 1, out var message));
        Assert.Equal(string.Empty, message.Topic);
        Assert.True(WireMessage.TryRead(Vector, Topic.Length, out message));
        Assert.Equal(Topic, message.Topic);
    }

    private static WireMessage Read(byte[] raw)
    {
        Assert.True(WireMessage.TryRead(raw, 256, out var message));
        return message;
    }
}
