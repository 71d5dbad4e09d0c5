using System.Globalization;
using System.Numerics;
using Betar.Ethereum.Tests.Support;
using FsCheck.Fluent;

namespace Betar.Ethereum.Tests.Values;

public sealed class UInt256Tests
{
    static readonly BigInteger _modulus = BigInteger.Pow(2, 256);

    static UInt256 Of(BigInteger value) => UInt256.ReadBigEndian(value.ToByteArray(isUnsigned: true, isBigEndian: true));

    static BigInteger Big(UInt256 value)
    {
        var bytes = new byte[32];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    [Fact]
    public void Bytes_and_decimal_text_agree_with_BigInteger() => Property.Holds(Property.Integers(), value =>
        Big(Of(value)) == value
        && Of(value).ToString() == value.ToString(CultureInfo.InvariantCulture)
        && UInt256.TryParseDecimal(value.ToString(CultureInfo.InvariantCulture), out var parsed)
        && parsed == Of(value));

    [Fact]
    public void Sums_and_differences_agree_with_BigInteger_and_never_wrap() => Property.Holds(
        from a in Property.Integers() from b in Property.Integers() select (a, b),
        pair =>
        {
            var (a, b) = pair;
            var sum = UInt256.TryAdd(Of(a), Of(b), out var s);
            var difference = UInt256.TrySubtract(Of(a), Of(b), out var d);
            return sum == (a + b < _modulus) && Big(s) == (a + b) % _modulus
                && difference == (a >= b) && (!difference || Big(d) == a - b)
                && Of(a).CompareTo(Of(b)) == a.CompareTo(b)
                && (Of(a) < Of(b)) == (a < b) && (Of(a) >= Of(b)) == (a >= b)
                && (Of(a) == Of(b)) == (a == b);
        },
        3000);

    [Fact]
    public void Products_and_quotients_with_a_word_agree_with_BigInteger() => Property.Holds(
        from a in Property.Integers() from b in Property.Integers() select (a, (ulong)(b % ulong.MaxValue) + 1),
        pair =>
        {
            var (a, word) = pair;
            var fits = UInt256.TryMultiply(Of(a), word, out var product);
            var quotient = UInt256.DivRem(Of(a), word, out var remainder);
            return fits == (a * word < _modulus) && Big(product) == a * word % _modulus
                && Big(quotient) == a / word && remainder == (ulong)(a % word);
        },
        3000);

    [Fact]
    public void Operators_throw_where_the_result_does_not_fit()
    {
        Assert.Throws<OverflowException>(() => UInt256.MaxValue + UInt256.One);
        Assert.Throws<OverflowException>(() => UInt256.Zero - UInt256.One);
        Assert.Throws<OverflowException>(() => UInt256.MaxValue * 2);
        Assert.Throws<OverflowException>(() => (ulong)(ulong.MaxValue + UInt256.One));
        Assert.Throws<OverflowException>(() => (UInt128)UInt256.MaxValue);
        Assert.Equal(UInt256.MaxValue, UInt256.MaxValue - UInt256.One + UInt256.One);
        Assert.Equal(ulong.MaxValue, (ulong)(UInt256)ulong.MaxValue);
        Assert.Equal(UInt128.MaxValue, (UInt128)(UInt256)UInt128.MaxValue);
        Assert.Equal(UInt256.MaxValue, UInt256.Parse("38597363079105398474523661669562635951089994888546854679819194669304376546645") * 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("١")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    [InlineData("1000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void Foreign_decimal_text_is_refused(string text)
    {
        Assert.False(UInt256.TryParseDecimal(text, out var value));
        Assert.True(value.IsZero);
        Assert.Throws<FormatException>(() => UInt256.Parse(text));
    }

    [Fact]
    public void The_largest_number_is_read_and_written()
    {
        const string Text = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        Assert.Equal(UInt256.MaxValue, UInt256.Parse(Text));
        Assert.Equal(Text, UInt256.MaxValue.ToString());
        Assert.Equal("0", UInt256.Zero.ToString());
        Assert.Equal("10000000000000000000", UInt256.Parse("10000000000000000000").ToString());
        Assert.Equal("100000000000000000000000000000000000000", UInt256.Parse("100000000000000000000000000000000000000").ToString());
    }

    [Fact]
    public void More_than_32_bytes_are_refused() => Assert.Throws<ArgumentException>(() => UInt256.ReadBigEndian(new byte[33]));
}
