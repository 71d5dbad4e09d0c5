using Betar.Tests.Shared;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

/// <summary>Keys that are disposed while others still sign with them.</summary>
public class PrivateKeyLifetimeTests
{
    [Fact]
    public async Task Disposing_in_the_middle_gives_right_signatures_or_a_clear_error_never_others()
    {
        var secret = Hex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
        var hash = Keccak256.Hash("race"u8);
        var expected = new byte[65];
        using (var reference = PrivateKey.Import(secret))
        {
            reference.Sign(hash, expected);
        }

        for (var round = 0; round < 20; round++)
        {
            var key = PrivateKey.Import(secret);
            using var start = new Barrier(4);
            var signers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    var signature = new byte[65];
                    try
                    {
                        for (var i = 0; i < 200; i++)
                        {
                            key.Sign(hash, signature);
                            Assert.Equal(expected, signature);
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                        // Once gone, it stays gone.
                        Assert.Throws<ObjectDisposedException>(() => key.Sign(hash, signature));
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
            start.SignalAndWait();
            key.Dispose();
            await Task.WhenAll(signers);
        }
    }

    [Fact]
    public void Keys_are_independent_of_the_buffers_they_came_from()
    {
        var secret = Be32(31337);
        using var key = PrivateKey.Import(secret);
        secret.AsSpan().Clear();
        var copy = new byte[32];
        key.Export(copy);
        Assert.Equal(Be32(31337), copy);
        copy.AsSpan().Clear();
        key.Export(copy);
        Assert.Equal(Be32(31337), copy);
    }

    [Fact]
    public void A_thousand_keys_come_and_go()
    {
        var publicKey = new byte[64];
        for (var i = 1; i <= 1000; i++)
        {
            using var key = PrivateKey.Import(Be32(i));
            if (i % 100 == 0)
            {
                key.CopyPublicKey(publicKey);
            }
        }

        Assert.NotEqual(new byte[64], publicKey);
    }

    [Fact]
    public void Signing_allocates_nothing_on_the_fast_backend()
    {
        using var key = PrivateKey.Import(Be32(5));
        var hash = Keccak256.Hash("allocate"u8);
        var signature = new byte[65];
        var publicKey = new byte[64];
        var good = true;

        var least = Allocations.LeastOf(() =>
        {
            key.Sign(hash, signature);
            good &= Secp256k1.TryRecover(hash, signature.AsSpan(0, 64), signature[64], publicKey);
            good &= Secp256k1.Verify(hash, signature.AsSpan(0, 64), publicKey);
        });

        Assert.Equal(0, least);
        Assert.True(good);
    }
}
