using Betar.Ethereum;

namespace Betar.X402.Tests.Values;

public class AtomicAmountTests
{
    private const string Max = "115792089237316195423570985008687907853269984665640564039457584007913129639935";

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("1000")]
    [InlineData("18446744073709551616")]
    [InlineData(Max)]
    public void Decimal_text_survives_the_round_trip(string text)
    {
        Assert.True(AtomicAmount.TryParse(text, out var amount));
        Assert.Equal(text, amount.ToString());
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
    [InlineData("1_000")]
    [InlineData("١")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("9999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(AtomicAmount.TryParse(text, out _));
        Assert.Throws<FormatException>(() => AtomicAmount.Parse(text));
    }

    [Theory]
    [InlineData("0", 0UL, "0")]
    [InlineData("0.001", 1000UL, "0.001")]
    [InlineData("0.000001", 1UL, "0.000001")]
    [InlineData("12", 12_000_000UL, "12")]
    [InlineData("1.50", 1_500_000UL, "1.5")]
    [InlineData("0.000249", 249UL, "0.000249")]
    [InlineData("0.0157", 15_700UL, "0.0157")]
    [InlineData("2.01", 2_010_000UL, "2.01")]
    [InlineData("8.2", 8_200_000UL, "8.2")]
    [InlineData("18446744073709.551615", ulong.MaxValue, "18446744073709.551615")]
    public void Usdc_text_is_exact(string text, ulong units, string shortest)
    {
        Assert.True(AtomicAmount.TryParseUsdc(text, out var amount));
        Assert.Equal(new AtomicAmount(units), amount);
        Assert.Equal(shortest, amount.ToUsdc());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("0.0000001")]
    [InlineData("0.1234567")]
    [InlineData("-0.1")]
    [InlineData("+1")]
    [InlineData("00.1")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("1e-3")]
    [InlineData("0.00 1")]
    [InlineData("0.-1")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129.639936")]
    [InlineData(Max)]
    public void Usdc_text_that_is_not_exact_or_too_large_is_refused(string text) => Assert.False(AtomicAmount.TryParseUsdc(text, out _));

    [Fact]
    public void The_largest_amount_can_be_written_as_usdc()
    {
        var amount = AtomicAmount.Parse(Max);
        Assert.Equal("115792089237316195423570985008687907853269984665640564039457584007913129.639935", amount.ToUsdc());
        Assert.True(AtomicAmount.TryParseUsdc(amount.ToUsdc(), out var back));
        Assert.Equal(amount, back);
    }

    [Fact]
    public void Arithmetic_is_checked()
    {
        AtomicAmount three = 3;
        AtomicAmount five = 5;
        var max = new AtomicAmount(UInt256.MaxValue);
        Assert.Equal((AtomicAmount)8, three + five);
        Assert.Equal((AtomicAmount)2, five - three);
        Assert.Throws<OverflowException>(() => three - five);
        Assert.Throws<OverflowException>(() => max + three);
        Assert.False(AtomicAmount.TrySubtract(three, five, out _));
        Assert.False(AtomicAmount.TryAdd(max, three, out _));
        Assert.True(AtomicAmount.TryAdd(three, five, out var sum));
        Assert.Equal((AtomicAmount)8, sum);
        Assert.True(AtomicAmount.TrySubtract(five, three, out var difference));
        Assert.Equal((AtomicAmount)2, difference);
    }

    [Fact]
    public void Amounts_are_ordered()
    {
        AtomicAmount small = 1;
        AtomicAmount large = new(new UInt256(1, 0, 0, 0));
        Assert.True(small < large && large > small && small <= large && large >= small && small != large);
        Assert.False(large < small || small > large || large <= small || small >= large || small == large);
        AtomicAmount same = 1;
        Assert.True(small <= same && small >= same && small == same);
        Assert.False(small < same || small > same || small != same);
        Assert.True(AtomicAmount.Zero.IsZero);
        Assert.False(small.IsZero);
        Assert.Equal(small.GetHashCode(), ((AtomicAmount)1).GetHashCode());
        Assert.True(small.Equals((object)(AtomicAmount)1));
        Assert.False(small.Equals((object)1));
    }
}
