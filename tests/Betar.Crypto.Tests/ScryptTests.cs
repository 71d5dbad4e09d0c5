using System.Text;

namespace Betar.Crypto.Tests;

/// <summary>Vectors of RFC 7914, section 12.</summary>
public sealed class ScryptTests
{
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void Derives_as_the_RFC_says(string password, string salt, int n, int r, int p, string expected)
    {
        var key = new byte[expected.Length / 2];

        Scrypt.Derive(Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), n, r, p, key);

        Assert.Equal(expected, Convert.ToHexStringLower(key));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(-16, 1, 1)]
    [InlineData(16, 0, 1)]
    [InlineData(16, 1, 0)]
    [InlineData(16, 1 << 15, 1 << 15)]
    [InlineData(16, int.MaxValue, int.MaxValue)]
    public void Factors_outside_the_RFC_are_a_bug(int n, int r, int p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Scrypt.Derive("a"u8, "b"u8, n, r, p, new byte[32]));

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(64, 1, 3)]
    [InlineData(128, 3, 1)]
    [InlineData(1024, 8, 2)]
    public void Our_code_for_large_N_and_OpenSSL_agree(int n, int r, int p)
    {
        byte[] ours = new byte[32], openSsl = new byte[32];

        ScryptMixer.Derive("password"u8, "salt"u8, n, r, p, ours);
        Scrypt.Derive("password"u8, "salt"u8, n, r, p, openSsl);

        Assert.Equal(openSsl, ours);
    }

    [Theory]
    [InlineData(1 << 15)]
    [InlineData(1 << 16)]
    public void One_block_has_no_upper_end_of_N(int n)
    {
        byte[] ours = new byte[32], derived = new byte[32];

        ScryptMixer.Derive("password"u8, "salt"u8, n, 1, 1, ours);
        Scrypt.Derive("password"u8, "salt"u8, n, 1, 1, derived);

        Assert.Equal(ours, derived);
    }

    [Fact]
    public void Nothing_to_derive_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => Scrypt.Derive("a"u8, "b"u8, 16, 1, 1, []));

    [Fact]
    public void The_memory_is_that_of_the_blocks() => Assert.Equal(128UL * 8 * (1024 + 1 + 2), Scrypt.MemoryOf(1024, 8, 1));
}
