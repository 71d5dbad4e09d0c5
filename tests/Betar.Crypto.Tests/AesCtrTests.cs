namespace Betar.Crypto.Tests;

/// <summary>Vectors of NIST SP 800-38A, F.5.</summary>
public sealed class AesCtrTests
{
    private const string Key = "2b7e151628aed2a6abf7158809cf4f3c";
    private const string Counter = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private const string Plain = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    private const string Cipher = "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(64)]
    public void Encrypts_as_the_standard_says_and_gives_the_text_back(int length)
    {
        byte[] plain = Convert.FromHexString(Plain)[..length], output = new byte[length], back = new byte[length];

        AesCtr.Transform(Convert.FromHexString(Key), Convert.FromHexString(Counter), plain, output);
        AesCtr.Transform(Convert.FromHexString(Key), Convert.FromHexString(Counter), output, back);

        Assert.Equal(Cipher[..(2 * length)], Convert.ToHexStringLower(output));
        Assert.Equal(plain, back);
    }

    [Fact]
    public void The_counter_carries_over_all_of_its_bytes()
    {
        byte[] key = Convert.FromHexString(Key), two = new byte[32], second = new byte[16];
        byte[] full = Enumerable.Repeat((byte)0xff, 16).ToArray();

        AesCtr.Transform(key, full, new byte[32], two);
        AesCtr.Transform(key, new byte[16], new byte[16], second);

        Assert.Equal(second, two[16..]);
    }

    [Fact]
    public void A_counter_of_another_length_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => AesCtr.Transform(new byte[16], new byte[12], new byte[1], new byte[1]));

    [Fact]
    public void An_output_of_another_length_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => AesCtr.Transform(new byte[16], new byte[16], new byte[1], new byte[2]));
}
