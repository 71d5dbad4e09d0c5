using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Values;

public sealed class PrefixedHexTests
{
    [Fact]
    public void Bytes_of_every_length() => Property.Holds(Property.Bytes(0, 400), bytes =>
        PrefixedHex.Encode(bytes) == "0x" + Convert.ToHexStringLower(bytes)
        && PrefixedHex.TryDecode(PrefixedHex.Encode(bytes), bytes.Length, out var back) && back.AsSpan().SequenceEqual(bytes)
        && (bytes.Length == 0 || !PrefixedHex.TryDecode(PrefixedHex.Encode(bytes), bytes.Length - 1, out _)));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("x0")]
    [InlineData("1x00")]
    [InlineData("0X00")]
    [InlineData("0x0")]
    [InlineData("0x0g")]
    [InlineData("0x 0")]
    [InlineData("0x00 ")]
    public void What_is_no_hex(string text)
    {
        Assert.False(PrefixedHex.TryDecode(text, 100, out var bytes));
        Assert.Empty(bytes);
    }

    [Fact]
    public void An_exact_length_is_exact()
    {
        Assert.True(PrefixedHex.TryDecodeExactly("0x0102", new byte[2]));
        Assert.False(PrefixedHex.TryDecodeExactly("0x0102", new byte[1]));
        Assert.False(PrefixedHex.TryDecodeExactly("0x0102", new byte[3]));
        Assert.True(PrefixedHex.TryDecodeExactly("0x", []));
    }
}
