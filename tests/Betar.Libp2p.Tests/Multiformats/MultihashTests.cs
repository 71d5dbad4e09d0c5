using System.Numerics;
using System.Security.Cryptography;
using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Multiformats;

/// <summary>Digests and the numbers in front of them, at their edges and against slow arithmetic.</summary>
public sealed class MultihashTests
{
    [Fact]
    public void A_digest_is_that_of_the_function()
    {
        var hash = Multihash.Sha256("hello"u8);
        Assert.Equal(MultihashCode.Sha2256, hash.Code);
        Assert.Equal(SHA256.HashData("hello"u8), hash.Digest.ToArray());
        Assert.Equal("1220", Convert.ToHexStringLower(hash.Bytes.Span[..2]));
    }

    [Theory]
    [InlineData(0x12, 32, true)]
    [InlineData(0x12, 31, false)]
    [InlineData(0x12, 33, false)]
    [InlineData(0x13, 64, true)]
    [InlineData(0x13, 63, false)]
    [InlineData(0x13, 65, false)]
    [InlineData(0x00, 0, true)]
    [InlineData(0x00, 128, true)]
    [InlineData(0x00, 129, false)]
    [InlineData(0x7777, 128, true)]
    [InlineData(0x7777, 129, false)]
    public void A_digest_has_the_length_of_its_function_and_every_other_at_most_128_bytes(int code, int length, bool fits)
    {
        var number = new byte[Varint.MaxLength];
        byte[] bytes = [.. number[..Varint.Write(number, (ulong)code)], .. number[..Varint.Write(number, (ulong)length)], .. new byte[length]];

        Assert.Equal(fits, Multihash.TryDecode(bytes, out var hash));
        Assert.Equal(fits ? length : null, hash?.Digest.Length);
        if (!fits)
            Assert.Throws<ArgumentException>(() => Multihash.Create((MultihashCode)code, new byte[length]));
        else
            Assert.Equal(hash, Multihash.Create((MultihashCode)code, new byte[length]));
    }

    [Fact]
    public void Every_shorter_and_every_longer_spelling_is_refused()
    {
        var good = Multihash.Sha256([1]).Bytes.ToArray();
        for (var length = 0; length < good.Length; length++)
            Assert.False(Multihash.TryDecode(good.AsSpan(0, length), out _), $"{length} bytes");
        Assert.False(Multihash.TryDecode([.. good, 0], out _));
        Assert.False(Multihash.TryDecode([0x92, 0x00, .. good[1..]], out _));
        Assert.False(Multihash.TryDecode([0x12, 0xA0, 0x00, .. good[2..]], out _));
    }

    [Fact]
    public void A_promised_length_costs_nothing() =>
        Assert.False(Multihash.TryDecode([0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1], out _));

    /// <summary>Around every power of 128, where a byte more begins.</summary>
    [Fact]
    public void Numbers_at_every_edge_are_those_of_slow_arithmetic()
    {
        for (var groups = 1; groups <= Varint.MaxLength; groups++)
        {
            foreach (var offset in new[] { -2, -1, 0, 1 })
            {
                var number = BigInteger.Pow(128, groups) + offset;
                if (number > Varint.MaxValue)
                    continue;
                var buffer = new byte[Varint.MaxLength];
                var written = buffer[..Varint.Write(buffer, (ulong)number)];

                Assert.Equal(Slow(number), written);
                Assert.Equal(written.Length, Varint.Length((ulong)number));
                Assert.True(Varint.TryRead(written, out var read, out var length));
                Assert.Equal((number, written.Length), (read, length));
                for (var cut = 0; cut < written.Length; cut++)
                    Assert.Equal(VarintStatus.Incomplete, Varint.Read(written.AsSpan(0, cut), out _, out _));
                // The same number with a useless byte behind it.
                byte[] longer = [.. written[..^1], (byte)(written[^1] | 0x80), 0];
                Assert.Equal(VarintStatus.Bad, Varint.Read(longer, out _, out _));
            }
        }
    }

    [Fact]
    public void Of_two_bytes_every_combination_is_read_as_slow_arithmetic_reads_it()
    {
        for (var first = 0; first < 256; first++)
        {
            for (var second = 0; second < 256; second++)
            {
                var status = Varint.Read([(byte)first, (byte)second], out var value, out var read);
                var expected = first < 128 ? (VarintStatus.Done, first, 1)
                    : second == 0 ? (VarintStatus.Bad, 0, 0)
                    : second < 128 ? (VarintStatus.Done, (first & 127) + (second * 128), 2)
                    : (VarintStatus.Incomplete, 0, 0);
                Assert.Equal(expected, (status, (int)value, read));
            }
        }
    }

    [Fact]
    public void Equal_digests_are_equal_and_others_are_not()
    {
        var random = new Random(TestSeed.Value);
        var digest = new byte[32];
        random.NextBytes(digest);
        var (one, two) = (Multihash.Create(MultihashCode.Sha2256, digest), Multihash.Create(MultihashCode.Sha2256, digest));
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, Multihash.Create(MultihashCode.Identity, digest));
        digest[31] ^= 1;
        Assert.NotEqual(one, Multihash.Create(MultihashCode.Sha2256, digest));
    }

    private static byte[] Slow(BigInteger number)
    {
        List<byte> bytes = [];
        do
        {
            bytes.Add((byte)((int)(number % 128) + (number >= 128 ? 128 : 0)));
            number /= 128;
        }
        while (number > 0);
        return [.. bytes];
    }
}
