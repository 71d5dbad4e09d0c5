using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Values;

public sealed class Hash32Tests
{
    const string Text = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

    [Fact]
    public void Text_is_lower_hex_with_a_prefix()
    {
        Assert.Equal(Text, Hash32.Parse(Text).ToString());
        Assert.Equal(Text, Hash32.Parse("0x" + Text[2..].ToUpperInvariant()).ToString());
        Assert.Equal(Hash32.Parse(Text), new Hash32(Betar.Crypto.Keccak256.Hash([])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a4")]
    [InlineData("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a47000")]
    [InlineData("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a47g")]
    [InlineData("0Xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    public void Foreign_text_is_refused(string text)
    {
        Assert.False(Hash32.TryParse(text, out var hash));
        Assert.True(hash.IsZero);
        Assert.Throws<FormatException>(() => Hash32.Parse(text));
    }

    [Fact]
    public void Bytes_go_in_and_out_unchanged() => Property.Holds(Property.Bytes(32, 32), bytes =>
        new Hash32(bytes).ToArray().AsSpan().SequenceEqual(bytes) && Hash32.Parse(new Hash32(bytes).ToString()) == new Hash32(bytes));

    [Fact]
    public void Other_sizes_are_bugs() => Assert.Throws<ArgumentException>(() => new Hash32(new byte[31]));
}
