using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Multiformats;

public sealed class MultibaseTests
{
    // The multibase specification's own test vectors for "yes mani !", and others of RFC 4648.
    [Theory]
    [InlineData("yes mani !", "bpfsxgidnmfxgsibb")]
    [InlineData("yes mani !", "k2lcpzo5yikidynfl")]
    [InlineData("yes mani !", "z7paNL19xttacUY")]
    [InlineData("yes mani !", "ueWVzIG1hbmkgIQ")]
    [InlineData("", "b")]
    [InlineData("f", "bmy")]
    [InlineData("fo", "bmzxq")]
    [InlineData("foo", "bmzxw6")]
    [InlineData("foob", "bmzxw6yq")]
    [InlineData("fooba", "bmzxw6ytb")]
    [InlineData("foobar", "bmzxw6ytboi")]
    [InlineData("f", "uZg")]
    [InlineData("fo", "uZm8")]
    [InlineData("\0yes mani !", "k02lcpzo5yikidynfl")]
    [InlineData("\0\0yes mani !", "z117paNL19xttacUY")]
    public void Published_vectors(string data, string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(data);

        Assert.Equal(text, Multibase.Encode(text[0], bytes));
        Assert.True(Multibase.TryDecode(text, out var decoded));
        Assert.Equal(bytes, decoded);
    }

    [Theory]
    [InlineData("Bpfsxgidnmfxgsibb")]
    [InlineData("BPFSXGIDNMFXGSIBB")]
    [InlineData("bPFSXGIDNMFXGSIBB")]
    [InlineData("K2LCPZO5YIKIDYNFL")]
    public void Upper_case_is_taken_where_the_base_has_no_case(string text)
    {
        Assert.True(Multibase.TryDecode(text, out var decoded));
        Assert.Equal("yes mani !", System.Text.Encoding.ASCII.GetString(decoded));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x00")]
    [InlineData("b1")]
    [InlineData("bm")]
    [InlineData("bmz1")]
    [InlineData("bmzx")]
    [InlineData("bmy======")]
    [InlineData("bmz")]
    [InlineData("z0")]
    [InlineData("zl")]
    [InlineData("k-")]
    [InlineData("uZg==")]
    [InlineData("uZ")]
    [InlineData("uZh")]
    [InlineData("uZ+8")]
    public void What_is_no_text_of_its_base_is_refused(string? text) => Assert.False(Multibase.TryDecode(text, out _));

    [Fact]
    public void Long_text_is_refused()
    {
        Assert.True(Multibase.TryDecode("b" + new string('a', 1016), out _));
        Assert.False(Multibase.TryDecode("b" + new string('a', Multibase.MaxTextLength), out _));
        Assert.False(Multibase.TryDecode("k" + new string('1', Multibase.MaxTextLength), out _));
    }

    [Fact]
    public void Another_base_cannot_be_written() => Assert.Throws<ArgumentOutOfRangeException>(() => Multibase.Encode('x', [1]));

    [Theory]
    [InlineData(Multibase.Base32Prefix)]
    [InlineData(Multibase.Base36Prefix)]
    [InlineData(Multibase.Base58Prefix)]
    [InlineData(Multibase.Base64UrlPrefix)]
    public void Random_bytes_read_back(char prefix)
    {
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            bytes.AsSpan(0, random.Next(Math.Min(4, bytes.Length))).Clear();

            Assert.True(Multibase.TryDecode(Multibase.Encode(prefix, bytes), out var decoded), $"seed {TestSeed.Value}, round {i}");
            Assert.Equal(bytes, decoded);
        }
    }

    [Fact]
    public void Random_text_is_the_only_spelling_of_what_it_gives()
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567ABZ-_018";
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 5_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            if (Multibase.TryDecode(text, out var bytes) && text[0] is 'u' or 'z' && bytes is not null)
                Assert.Equal(text, Multibase.Encode(text[0], bytes));
        }
    }
}
