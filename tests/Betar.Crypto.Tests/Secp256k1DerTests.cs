using System.Formats.Asn1;
using System.Numerics;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public sealed class Secp256k1DerTests : IDisposable
{
    private static readonly byte[] Message = "message"u8.ToArray();

    private readonly PrivateKey _key = PrivateKey.Import(Hex("d859d1687915ecd21dcbbb541447fb4acde5a464da6a831fcd99d0d5a6a581f7"));
    private readonly byte[] _publicKey = new byte[64];

    public Secp256k1DerTests() => _key.CopyPublicKey(_publicKey);

    [Fact]
    public void What_is_signed_is_verified()
    {
        var signature = Secp256k1Der.Sign(_key, Message);

        Assert.True(Secp256k1Der.Verify(_publicKey, Message, signature));
        Assert.False(Secp256k1Der.Verify(_publicKey, "Message"u8, signature));
    }

    [Fact]
    public void Many_messages_give_numbers_of_many_lengths()
    {
        var lengths = new HashSet<int>();
        for (byte i = 0; i < 200; i++)
        {
            var signature = Secp256k1Der.Sign(_key, [i]);
            Assert.True(Secp256k1Der.Verify(_publicKey, [i], signature), $"message {i}");
            lengths.Add(signature.Length);
        }

        Assert.True(lengths.Count >= 2, "Numbers with and without a leading zero were expected.");
    }

    [Fact]
    public void The_twin_with_a_high_s_is_the_same_signature()
    {
        var (r, s) = Read(Secp256k1Der.Sign(_key, Message));

        Assert.True(Secp256k1Der.Verify(_publicKey, Message, Write(r, Bytes.Order - s)));
    }

    [Fact]
    public void Zero_the_order_and_more_are_refused()
    {
        var (r, s) = Read(Secp256k1Der.Sign(_key, Message));

        Assert.True(Secp256k1Der.Verify(_publicKey, Message, Write(r, s)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, Write(0, s)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, Write(r, 0)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, Write(r, Bytes.Order)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, Write(r, s + Bytes.Order)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, Write(r + BigInteger.Pow(2, 256), s)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, Write(r, -s)));
    }

    [Fact]
    public void Another_spelling_is_refused()
    {
        var signature = Secp256k1Der.Sign(_key, Message);

        Assert.False(Secp256k1Der.Verify(_publicKey, Message, [.. signature, 0]));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, signature.AsSpan(0, signature.Length - 1)));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, []));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, [0x30, 0x81, .. signature.AsSpan(1)]));
        Assert.False(Secp256k1Der.Verify(_publicKey, Message, [0x30, 0x80, .. signature.AsSpan(2), 0, 0]));
    }

    [Fact]
    public void A_third_number_is_refused()
    {
        var (r, s) = Read(Secp256k1Der.Sign(_key, Message));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
            writer.WriteInteger(1);
        }

        Assert.False(Secp256k1Der.Verify(_publicKey, Message, writer.Encode()));
    }

    [Theory]
    [MemberData(nameof(Secp.Backends.Names), MemberType = typeof(Secp.Backends))]
    public void A_key_survives_its_short_form(string backend)
    {
        var curve = Secp.Backends.Open(backend);
        for (byte i = 1; i < 20; i++)
        {
            var secret = new byte[32];
            secret[31] = i;
            var (publicKey, compressed, restored) = (new byte[64], new byte[33], new byte[64]);
            curve.ComputePublicKey(secret, publicKey);
            Secp256k1.Compress(publicKey, compressed);

            Assert.True(curve.TryDecompress(compressed, restored));
            Assert.Equal(publicKey, restored);
        }
    }

    [Theory]
    [InlineData("libsecp256k1")]
    [InlineData("libcrypto")]
    public void What_is_no_point_has_no_long_form(string backend)
    {
        var curve = Secp.Backends.Open(backend);
        var compressed = new byte[33];
        Secp256k1.Compress(_publicKey, compressed);
        var output = new byte[64];

        Assert.False(curve.TryDecompress(compressed.AsSpan(1), output));
        Assert.False(curve.TryDecompress([4, .. compressed.AsSpan(1)], output));
        Assert.False(curve.TryDecompress([0, .. compressed.AsSpan(1)], output));
        // 5 is the x of no point, and p + 1 is another spelling of 1.
        Assert.False(curve.TryDecompress([2, .. Be32(5)], output));
        Assert.True(curve.TryDecompress([2, .. Be32(1)], output));
        Assert.False(curve.TryDecompress([2, .. Be32(Bytes.Field + 1)], output));
    }

    public void Dispose() => _key.Dispose();

    private static (BigInteger R, BigInteger S) Read(byte[] der)
    {
        var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        return (sequence.ReadInteger(), sequence.ReadInteger());
    }

    private static byte[] Write(BigInteger r, BigInteger s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }
}
