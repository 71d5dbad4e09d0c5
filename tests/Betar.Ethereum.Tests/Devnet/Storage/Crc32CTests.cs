using System.Text;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Storage;

public sealed class Crc32CTests
{
    [Fact]
    public void The_vectors_of_RFC_3720()
    {
        Assert.Equal(0xe3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8a9136aau, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62a8ab43u, Crc32C.Compute([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46dd794eu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0x113fdb5cu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))]));
        Assert.Equal(0u, Crc32C.Compute([]));
    }

    [Fact]
    public void Every_flipped_bit_shows() => Property.Holds(Property.Bytes(1, 70), bytes =>
    {
        var sum = Crc32C.Compute(bytes);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Crc32C.Compute(bytes) == sum)
                return false;
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return true;
    }, 100);
}
