using System.Numerics;
using Betar.Crypto.Secp;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public class PrivateKeyTests
{
    private static readonly byte[] Secret = Hex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");

    [Fact]
    public void What_was_imported_is_exported()
    {
        using var key = PrivateKey.Import(Secret);
        var copy = new byte[32];
        key.Export(copy);
        Assert.Equal(Secret, copy);
    }

    [Fact]
    public void Generated_keys_differ_and_sign()
    {
        using var first = PrivateKey.Generate();
        using var second = PrivateKey.Generate();
        var one = new byte[64];
        var two = new byte[64];
        first.CopyPublicKey(one);
        second.CopyPublicKey(two);
        Assert.NotEqual(one, two);

        var hash = Keccak256.Hash("generated"u8);
        var signature = new byte[65];
        first.Sign(hash, signature);
        Assert.True(Secp256k1.Verify(hash, signature.AsSpan(0, 64), one));
        Assert.False(Secp256k1.Verify(hash, signature.AsSpan(0, 64), two));
        Assert.True(Secp256k1.TryRecover(hash, signature.AsSpan(0, 64), signature[64], two));
        Assert.Equal(one, two);
    }

    public static TheoryData<string> NotKeys
    {
        get
        {
            var data = new TheoryData<string> { "", "01", Hex(new byte[31]), Hex(new byte[33]), Hex(Be32(0)) };
            data.Add(Hex(Be32(Order)));
            data.Add(Hex(Be32(Order + 1)));
            data.Add(Hex(Be32(BigInteger.Pow(2, 256) - 1)));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NotKeys))]
    public void Bytes_that_are_no_key(string hex)
    {
        Assert.False(PrivateKey.TryImport(Hex(hex), out var key));
        Assert.Null(key);
        Assert.Throws<ArgumentException>(() => PrivateKey.Import(Hex(hex)));
    }

    [Fact]
    public void The_smallest_and_the_largest_key_are_keys()
    {
        using var smallest = PrivateKey.Import(Be32(1));
        using var largest = PrivateKey.Import(Be32(Order - 1));
        Assert.NotSame(smallest, largest);
    }

    [Fact]
    public void It_never_shows_its_secret()
    {
        using var key = PrivateKey.Import(Secret);
        Assert.Equal("PrivateKey(hidden)", key.ToString());
        Assert.Equal("PrivateKey(hidden)", $"{key}");
        var error = Assert.Throws<ArgumentException>(() => PrivateKey.Import(Be32(Order)));
        Assert.DoesNotContain("baaedce6", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(typeof(PrivateKey).GetProperties());
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(key));
    }

    [Fact]
    public void After_dispose_every_use_fails()
    {
        var key = PrivateKey.Import(Secret);
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(new byte[32], new byte[65]));
        Assert.Throws<ObjectDisposedException>(() => key.CopyPublicKey(new byte[64]));
        Assert.Throws<ObjectDisposedException>(() => key.Export(new byte[32]));
    }

    [Fact]
    public void Releasing_secret_memory_wipes_it_first()
    {
        byte[]? seen = null;
        var memory = new SecretMemory(32, released => seen = released.ToArray());
        Secret.CopyTo(memory.Bytes);
        memory.Dispose();
        Assert.Equal(new byte[32], seen);
    }

    [Fact]
    public void Memory_in_use_is_released_after_the_use()
    {
        var released = false;
        var memory = new SecretMemory(32, _ => released = true);
        var added = false;
        memory.DangerousAddRef(ref added);
        memory.Dispose();
        Assert.False(released);
        memory.DangerousRelease();
        Assert.True(released);
    }

    [Theory]
    [InlineData(31, 65)]
    [InlineData(33, 65)]
    [InlineData(32, 64)]
    [InlineData(32, 66)]
    public void Wrong_lengths_are_bugs(int hashLength, int signatureLength)
    {
        using var key = PrivateKey.Import(Secret);
        Assert.Throws<ArgumentException>(() => key.Sign(new byte[hashLength], new byte[signatureLength]));
        Assert.Throws<ArgumentException>(() => key.CopyPublicKey(new byte[65]));
        Assert.Throws<ArgumentException>(() => key.Export(new byte[31]));
    }

    [Fact]
    public void Signing_from_many_threads_gives_the_same_bytes()
    {
        using var key = PrivateKey.Import(Secret);
        var hash = Keccak256.Hash("threads"u8);
        var expected = new byte[65];
        key.Sign(hash, expected);
        Parallel.For(0, 200, _ =>
        {
            var signature = new byte[65];
            key.Sign(hash, signature);
            Assert.Equal(expected, signature);
        });
    }
}
