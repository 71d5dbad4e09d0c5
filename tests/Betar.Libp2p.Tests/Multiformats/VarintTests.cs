using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Multiformats;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0ul, "00")]
    [InlineData(1ul, "01")]
    [InlineData(127ul, "7f")]
    [InlineData(128ul, "8001")]
    [InlineData(255ul, "ff01")]
    [InlineData(300ul, "ac02")]
    [InlineData(16384ul, "808001")]
    [InlineData(421ul, "a503")]
    [InlineData(Varint.MaxValue, "ffffffffffffffff7f")]
    public void Numbers_and_their_only_spelling(ulong value, string hex)
    {
        var buffer = new byte[Varint.MaxLength];

        Assert.Equal(hex, Convert.ToHexStringLower(buffer.AsSpan(0, Varint.Write(buffer, value))));
        Assert.Equal(hex.Length / 2, Varint.Length(value));
        Assert.True(Varint.TryRead(Convert.FromHexString(hex + "ff"), out var read, out var length));
        Assert.Equal((value, hex.Length / 2), (read, length));
    }

    [Theory]
    [InlineData("", VarintStatus.Incomplete)]
    [InlineData("80", VarintStatus.Incomplete)]
    [InlineData("ffffffffffffffff", VarintStatus.Incomplete)]
    [InlineData("8000", VarintStatus.Bad)]
    [InlineData("ff00", VarintStatus.Bad)]
    [InlineData("808000", VarintStatus.Bad)]
    [InlineData("ffffffffffffffffff", VarintStatus.Bad)]
    [InlineData("ffffffffffffffffff01", VarintStatus.Bad)]
    [InlineData("808080808080808080808080808080808000", VarintStatus.Bad)]
    public void What_is_no_number_gives_none(string hex, VarintStatus status)
    {
        Assert.Equal(status, Varint.Read(Convert.FromHexString(hex), out var value, out var read));
        Assert.Equal((0ul, 0), (value, read));
        Assert.False(Varint.TryRead(Convert.FromHexString(hex), out _, out _));
    }

    [Fact]
    public void A_number_of_64_bits_cannot_be_written() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Varint.Write(new byte[10], Varint.MaxValue + 1));

    [Fact]
    public void Random_numbers_read_back()
    {
        var random = new Random(TestSeed.Value);
        var buffer = new byte[Varint.MaxLength];
        for (var i = 0; i < 10_000; i++)
        {
            var value = (ulong)random.NextInt64() >> random.Next(64);
            var length = Varint.Write(buffer, value);

            Assert.True(Varint.TryRead(buffer.AsSpan(0, length), out var read, out var consumed), $"seed {TestSeed.Value}, {value}");
            Assert.Equal((value, length), (read, consumed));
            Assert.Equal(VarintStatus.Incomplete, Varint.Read(buffer.AsSpan(0, length - 1), out _, out _));
        }
    }

    [Fact]
    public void Random_bytes_give_a_number_that_writes_the_same_bytes_or_none()
    {
        var random = new Random(TestSeed.Value);
        var bytes = new byte[12];
        var buffer = new byte[Varint.MaxLength];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            if (Varint.TryRead(bytes, out var value, out var read))
                Assert.Equal(bytes[..read], buffer[..Varint.Write(buffer, value)]);
        }
    }
}
