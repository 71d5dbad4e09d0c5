using Betar.Ethereum;
using Betar.Node.Cli.Wallets;
using Betar.Tests.Shared;

namespace Betar.Node.Tests.Cli.Wallets;

public sealed class CoinAmountTests
{
    [Theory]
    [InlineData("1", 6, "1000000")]
    [InlineData("1.5", 6, "1500000")]
    [InlineData("0.000001", 6, "1")]
    [InlineData("0", 6, "0")]
    [InlineData("0.0", 6, "0")]
    [InlineData("12.340000", 6, "12340000")]
    [InlineData("7", 0, "7")]
    [InlineData("1", 18, "1000000000000000000")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457.584007913129639935", 18, "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void What_a_person_writes_is_counted_exactly(string text, int decimals, string amount)
    {
        Assert.True(CoinAmount.TryParse(text, decimals, out var parsed));
        Assert.Equal(amount, parsed.ToString());
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData(".", 6)]
    [InlineData("1.", 6)]
    [InlineData(".5", 6)]
    [InlineData("-1", 6)]
    [InlineData("+1", 6)]
    [InlineData("01", 6)]
    [InlineData("1e3", 6)]
    [InlineData("1,5", 6)]
    [InlineData("1 000", 6)]
    [InlineData("1.2.3", 6)]
    [InlineData("1.0000001", 6)]
    [InlineData("1.5", 0)]
    [InlineData("٣", 6)]
    [InlineData("115792089237316195423570985008687907853269984665640564039457.584007913129639936", 18)]
    public void What_is_no_exact_amount_is_refused(string text, int decimals) => Assert.False(CoinAmount.TryParse(text, decimals, out _));

    [Fact]
    public void What_is_shown_is_read_back_the_same()
    {
        var random = new Random(TestSeed.Value);
        var bytes = new byte[32];
        for (var round = 0; round < 2_000; round++)
        {
            random.NextBytes(bytes);
            bytes.AsSpan(0, random.Next(33)).Clear();
            var (amount, decimals) = (UInt256.ReadBigEndian(bytes), random.Next(0, 37));
            var text = CoinAmount.Format(amount, decimals);
            Assert.True(CoinAmount.TryParse(text, decimals, out var again) && again == amount, $"seed {TestSeed.Value}, round {round}: {text}");
            Assert.True(decimals == 0 || !text.Contains('.', StringComparison.Ordinal) || !text.EndsWith('0'), text);
        }
    }
}
