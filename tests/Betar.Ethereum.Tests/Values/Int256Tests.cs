using System.Numerics;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Values;

public sealed class Int256Tests
{
    private static readonly UInt256 Half = new(1UL << 63, 0, 0, 0);

    [Fact]
    public void Words_are_twos_complements() => Property.Holds(Property.Bytes(32, 32), word =>
    {
        var number = Int256.ReadBigEndian(word);
        var back = new byte[32];
        number.WriteBigEndian(back);
        return number.ToString() == new BigInteger(word, isBigEndian: true).ToString(null, null) && back.SequenceEqual(word);
    });

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void Small_numbers_fit(long value, string text) => Assert.Equal(text, ((Int256)value).ToString());

    [Fact]
    public void The_ends_fit_and_nothing_beyond()
    {
        var word = new byte[32];
        new Int256(true, Half).WriteBigEndian(word);
        Assert.Equal("80" + new string('0', 62), Convert.ToHexStringLower(word));
        Assert.Equal(new Int256(true, Half), Int256.ReadBigEndian(word));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Int256(false, Half));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Int256(true, Half + 1));
        Assert.Throws<ArgumentException>(() => Int256.ReadBigEndian(word.AsSpan(1)));
    }

    [Fact]
    public void Zero_has_no_sign() => Assert.Equal(new Int256(false, UInt256.Zero), new Int256(true, UInt256.Zero));
}
