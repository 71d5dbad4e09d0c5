using System.Text;
using Betar.Tests.Shared;
using Org.BouncyCastle.Crypto.Digests;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public class Keccak256Tests
{
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("nonce-0001", "c5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2")]
    [InlineData("marketplace test payer", "d859d1687915ecd21dcbbb541447fb4acde5a464da6a831fcd99d0d5a6a581f7")]
    [InlineData("TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)", "7c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267")]
    [InlineData("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)", "8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f")]
    public void Known_hashes(string text, string hash) => Assert.Equal(hash, Hex(Keccak256.Hash(Encoding.ASCII.GetBytes(text))));

    // 136 bytes are one block: the lengths around its multiples are where padding goes wrong.
    [Fact]
    public void Every_length_up_to_three_blocks_agrees_with_an_independent_implementation()
    {
        var random = new Random(20260401);
        for (var length = 0; length <= 3 * 136 + 1; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);
            Assert.Equal(Oracle(data), Keccak256.Hash(data));
        }
    }

    [Fact]
    public void A_megabyte_agrees_with_an_independent_implementation()
    {
        var data = new byte[1 << 20];
        new Random(7).NextBytes(data);
        Assert.Equal(Oracle(data), Keccak256.Hash(data));
    }

    [Fact]
    public void Source_and_destination_may_be_the_same_memory()
    {
        var data = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var expected = Oracle(data);
        Keccak256.Hash(data, data);
        Assert.Equal(expected, data);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void A_destination_of_another_length_is_a_bug(int length) =>
        Assert.Throws<ArgumentException>(() => Keccak256.Hash([], new byte[length]));

    [Fact]
    public void Hashing_into_a_span_allocates_nothing()
    {
        var data = new byte[500];
        var hash = new byte[32];
        Assert.Equal(0, Allocations.LeastOf(() => Keccak256.Hash(data, hash)));
    }

    private static byte[] Oracle(byte[] data)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(data, 0, data.Length);
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
