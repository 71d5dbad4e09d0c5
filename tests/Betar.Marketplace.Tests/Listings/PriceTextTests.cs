using Betar.Marketplace.Listings;
using Betar.Tests.Shared;
using Betar.X402;

namespace Betar.Marketplace.Tests.Listings;

public sealed class PriceTextTests
{
    [Theory]
    [InlineData("0.001", "1000")]
    [InlineData("1e-3", "1000")]
    [InlineData("1.0E-3", "1000")]
    [InlineData("10e-4", "1000")]
    [InlineData("0", "0")]
    [InlineData("0e0", "0")]
    [InlineData("0.000000", "0")]
    [InlineData("0.0000010000", "1")]
    [InlineData("1E+2", "100000000")]
    [InlineData("8.2", "8200000")]
    [InlineData("2.01", "2010000")]
    [InlineData("0.000249", "249")]
    [InlineData("1000000000000000000000", "1000000000000000000000000000")]
    public void A_price_is_whole_units(string text, string units)
    {
        Assert.True(PriceText.TryParse(text, out var price));
        Assert.Equal(units, price.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0.0000001")]
    [InlineData("1e-7")]
    [InlineData("0.30000000000000004")]
    [InlineData("1e999")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e")]
    [InlineData(".5")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("٣")]
    [InlineData("11111111111111111111111111111111111111111111111111111111111111111")]
    [InlineData("1e90")]
    public void What_is_no_whole_number_of_units_is_no_price_and_nothing_is_rounded(string text) => Assert.False(PriceText.TryParse(text, out _));

    [Fact]
    public void Every_amount_comes_back()
    {
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 1000; i++)
        {
            AtomicAmount price = (ulong)random.NextInt64() >> random.Next(64);
            Assert.True(PriceText.TryParse(PriceText.Of(price), out var back) && back.Equals(price), $"{price}, seed {TestSeed.Value}");
        }
    }
}
