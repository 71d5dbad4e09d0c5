using System.Numerics;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Betar.Crypto.Tests;

/// <summary>Ed25519 against an implementation that shares no code with it, and against signatures bent by hand.</summary>
public class Ed25519AgreementTests
{
    private const int Seed = 25519;

    // The order of the base point: s and s + order name the same number, and only the first is a signature.
    private static readonly BigInteger GroupOrder = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    [Fact]
    public void Random_messages_are_signed_to_the_same_bytes()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 60; round++)
        {
            var seed = new byte[32];
            random.NextBytes(seed);
            var message = new byte[random.Next(0, 300)];
            random.NextBytes(message);

            var oracle = new Ed25519PrivateKeyParameters(seed, 0);
            var publicKey = new byte[32];
            Ed25519.PublicKeyFromSeed(seed, publicKey);
            Assert.Equal(oracle.GeneratePublicKey().GetEncoded(), publicKey);

            var signer = new Ed25519Signer();
            signer.Init(true, oracle);
            signer.BlockUpdate(message, 0, message.Length);
            var signature = new byte[64];
            Ed25519.Sign(seed, message, signature);
            Assert.Equal(signer.GenerateSignature(), signature);
            Assert.True(Ed25519.Verify(publicKey, message, signature));
        }
    }

    [Fact]
    public void A_signature_with_the_order_added_to_s_is_refused()
    {
        var seed = new byte[32];
        var publicKey = new byte[32];
        var signature = new byte[64];
        Ed25519.PublicKeyFromSeed(seed, publicKey);
        Ed25519.Sign(seed, "m"u8, signature);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + GroupOrder;
        s.ToByteArray(isUnsigned: true).CopyTo(signature, 32);
        Assert.False(Ed25519.Verify(publicKey, "m"u8, signature));
    }

    [Fact]
    public void An_empty_message_is_a_message()
    {
        var seed = new byte[32];
        var publicKey = new byte[32];
        var signature = new byte[64];
        Ed25519.PublicKeyFromSeed(seed, publicKey);
        Ed25519.Sign(seed, [], signature);
        Assert.True(Ed25519.Verify(publicKey, [], signature));
        Assert.False(Ed25519.Verify(publicKey, [0], signature));
    }

    [Fact]
    public void Verification_after_a_refusal_is_not_disturbed()
    {
        var seed = new byte[32];
        var publicKey = new byte[32];
        var signature = new byte[64];
        Ed25519.PublicKeyFromSeed(seed, publicKey);
        Ed25519.Sign(seed, "m"u8, signature);
        var garbage = new byte[64];
        garbage.AsSpan().Fill(0xFF);
        for (var i = 0; i < 20; i++)
        {
            Assert.False(Ed25519.Verify(publicKey, "m"u8, garbage));
            Assert.False(Ed25519.Verify(garbage.AsSpan(0, 32), "m"u8, signature));
            Assert.True(Ed25519.Verify(publicKey, "m"u8, signature));
        }
    }
}
