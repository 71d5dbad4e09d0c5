using System.Numerics;
using System.Text;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Multiformats;

/// <summary>Texts of bytes against long division, and names of keys there and back.</summary>
public sealed class MultibaseOracleTests
{
    private const string Alphabet58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string Alphabet36 = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Alphabet32 = "abcdefghijklmnopqrstuvwxyz234567";

    [Theory]
    [InlineData(Multibase.Base58Prefix, Alphabet58)]
    [InlineData(Multibase.Base36Prefix, Alphabet36)]
    public void Texts_are_those_of_long_division(char prefix, string alphabet) => Each(data =>
    {
        var zeros = data.TakeWhile(value => value == 0).Count();
        var number = new BigInteger(data, isUnsigned: true, isBigEndian: true);
        var text = new StringBuilder();
        for (; number > 0; number /= alphabet.Length)
            text.Insert(0, alphabet[(int)(number % alphabet.Length)]);
        text.Insert(0, alphabet[0].ToString(), zeros);

        Assert.Equal(prefix + text.ToString(), Multibase.Encode(prefix, data));
    });

    [Fact]
    public void Base32_is_five_bits_a_letter() => Each(data =>
    {
        var bits = string.Concat(data.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
        bits = bits.PadRight((bits.Length + 4) / 5 * 5, '0');
        var text = string.Concat(Enumerable.Range(0, bits.Length / 5).Select(i => Alphabet32[Convert.ToInt32(bits.Substring(i * 5, 5), 2)]));

        Assert.Equal(Multibase.Base32Prefix + text, Multibase.Encode(Multibase.Base32Prefix, data));
    });

    [Fact]
    public void Base64_is_that_of_urls_without_padding() => Each(data =>
    {
        var text = Convert.ToBase64String(data).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal(Multibase.Base64UrlPrefix + text, Multibase.Encode(Multibase.Base64UrlPrefix, data));
    });

    [Theory]
    [InlineData(Multibase.Base58Prefix)]
    [InlineData(Multibase.Base36Prefix)]
    [InlineData(Multibase.Base32Prefix)]
    [InlineData(Multibase.Base64UrlPrefix)]
    public void One_letter_changed_is_other_bytes_or_none(char prefix) => Each(data =>
    {
        var text = Multibase.Encode(prefix, data);
        for (var i = 1; i < text.Length; i++)
        {
            var bent = text[..i] + (text[i] == '2' ? '3' : '2') + text[(i + 1)..];
            if (Multibase.TryDecode(bent, out var other))
                Assert.NotEqual(data, other);
        }
    });

    [Theory]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Secp256k1)]
    public void A_key_comes_back_from_every_form_of_its_name(KeyType type)
    {
        for (var i = 0; i < 20; i++)
        {
            using var identity = IdentityKey.Generate(type);
            var id = identity.PeerId;
            Assert.True(DidKey.TryFormat(identity.PublicKey, out var did));
            Assert.True(DidKey.TryParse(did, out var named));
            Assert.Equal(identity.PublicKey, named);
            Assert.True(id.TryGetPublicKey(out var inside));
            Assert.Equal(identity.PublicKey, inside);
            Assert.True(PeerId.TryDecode(id.Bytes, out var decoded));
            Assert.Equal(id, decoded);
            var address = Multiaddr.Parse("/ip4/8.8.8.8/tcp/1").WithPeer(id);
            Assert.Equal(id, Multiaddr.Parse(address.ToString()).Peer);
            Assert.True(Multiaddr.TryDecode(address.Bytes.Span, out var read));
            Assert.Equal(id, read.Peer);
        }
    }

    private static void Each(Action<byte[]> check) => Assert.All(Enumerable.Range(0, 300), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var data = new byte[random.Next(60)];
        random.NextBytes(data);
        data.AsSpan(0, Math.Min(data.Length, random.Next(4))).Clear();
        check(data);
    });
}
