using Betar.Ethereum.Keys;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>The edges of each limit.</summary>
public sealed class KeyLimitTests
{
    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_023, false)]
    [InlineData(1_048_576, true)]
    [InlineData(1_048_577, false)]
    public void Bytes_of_a_file(int value, bool good) => Assert.Equal(good, new KeystoreOptions { MaxFileBytes = value }.Validate().Count == 0);

    [Theory]
    [InlineData(1L << 20, true)]
    [InlineData((1L << 20) - 1, false)]
    [InlineData(8L << 30, true)]
    [InlineData((8L << 30) + 1, false)]
    public void Memory_of_a_derivation(long value, bool good) => Assert.Equal(good, new KeystoreOptions { MaxMemoryBytes = value }.Validate().Count == 0);

    [Theory]
    [InlineData(1L << 10, true)]
    [InlineData((1L << 10) - 1, false)]
    [InlineData(1L << 30, true)]
    [InlineData((1L << 30) + 1, false)]
    public void Work_of_scrypt(long value, bool good) => Assert.Equal(good, new KeystoreOptions { MaxScryptWork = value }.Validate().Count == 0);

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(999, false)]
    [InlineData(100_000_000, true)]
    [InlineData(100_000_001, false)]
    public void Rounds_of_PBKDF2(int value, bool good) => Assert.Equal(good, new KeystoreOptions { MaxPbkdf2Rounds = value }.Validate().Count == 0);

    [Theory]
    [InlineData(1, 1_024, true)]
    [InlineData(0, 1_024, false)]
    [InlineData(3_600, 16 * 1024 * 1024, true)]
    [InlineData(3_601, 1_024, false)]
    [InlineData(1, 1_023, false)]
    [InlineData(1, 16 * 1024 * 1024 + 1, false)]
    public void Waiting_for_a_signer_and_the_length_of_its_answer(int seconds, int bytes, bool good)
    {
        var options = new ExternalSignerOptions { Timeout = TimeSpan.FromSeconds(seconds), MaxResponseBytes = bytes };

        Assert.Equal(good, options.Validate().Count == 0);
        if (!good)
            Assert.Throws<ArgumentException>(() => new ExternalSigner(new HttpClient(), new Uri("http://signer.test"), default, options));
    }

    [Fact]
    public void The_defaults_are_as_written()
    {
        var keys = new KeystoreOptions();
        var signer = new ExternalSignerOptions();

        Assert.Equal((16_384, 512L << 20, 1L << 23, 10_000_000), (keys.MaxFileBytes, keys.MaxMemoryBytes, keys.MaxScryptWork, keys.MaxPbkdf2Rounds));
        Assert.Equal((TimeSpan.FromMinutes(2), 256 * 1024), (signer.Timeout, signer.MaxResponseBytes));
    }
}
