using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public class Ed25519Tests
{
    private static readonly byte[] NodeSeed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    // RFC 8032 §7.1, tests 1 to 3.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Published_vectors(string seed, string publicKey, string message, string signature)
    {
        Assert.Equal(publicKey, Hex(PublicKey(Hex(seed))));
        Assert.Equal(signature, Hex(Sign(Hex(seed), Hex(message))));
        Assert.True(Ed25519.Verify(Hex(publicKey), Hex(message), Hex(signature)));
    }

    [Fact]
    public void The_node_identity_of_the_worked_examples() =>
        Assert.Equal("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8", Hex(PublicKey(NodeSeed)));

    [Fact]
    public void The_gossip_message_of_the_worked_examples()
    {
        byte[] message =
        [
            .. "libp2p-pubsub:"u8,
            .. Hex("0a2600240801122003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b812280a260a2401701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df11a0818a211187c518000221662657461722f6d61726b6574706c6163652f63726474"),
        ];
        Assert.Equal(
            "a0aaf7c2ac198dead9442542f377fcd961aec0fa4a14271b4dee60a760a0fe80d4adeb18c8018a9dd6907da05cbe4c10e6fdfe79de6c842a9e53d7df2299450c",
            Hex(Sign(NodeSeed, message)));
    }

    [Fact]
    public void A_changed_message_signature_or_key_is_refused()
    {
        var signature = Sign(NodeSeed, "task"u8);
        var publicKey = PublicKey(NodeSeed);
        Assert.True(Ed25519.Verify(publicKey, "task"u8, signature));
        Assert.False(Ed25519.Verify(publicKey, "Task"u8, signature));
        Assert.False(Ed25519.Verify(publicKey, ""u8, signature));
        for (var i = 0; i < 64; i++)
        {
            var changed = (byte[])signature.Clone();
            changed[i] ^= 0x80;
            Assert.False(Ed25519.Verify(publicKey, "task"u8, changed));
        }

        Assert.False(Ed25519.Verify(PublicKey(new byte[32]), "task"u8, signature));
    }

    [Theory]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(0, 64)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    [InlineData(32, 0)]
    public void Foreign_input_of_the_wrong_length_is_refused(int keyLength, int signatureLength) =>
        Assert.False(Ed25519.Verify(new byte[keyLength], "task"u8, new byte[signatureLength]));

    [Fact]
    public void A_public_key_that_is_no_point_is_refused()
    {
        var key = new byte[32];
        key.AsSpan().Fill(0xFF);
        Assert.False(Ed25519.Verify(key, "task"u8, Sign(NodeSeed, "task"u8)));
    }

    [Fact]
    public void Own_input_of_the_wrong_length_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => Ed25519.PublicKeyFromSeed(new byte[31], new byte[32]));
        Assert.Throws<ArgumentException>(() => Ed25519.PublicKeyFromSeed(new byte[32], new byte[31]));
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(new byte[33], [], new byte[64]));
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(new byte[32], [], new byte[63]));
    }

    private static byte[] PublicKey(byte[] seed)
    {
        var key = new byte[32];
        Ed25519.PublicKeyFromSeed(seed, key);
        return key;
    }

    private static byte[] Sign(byte[] seed, ReadOnlySpan<byte> message)
    {
        var signature = new byte[64];
        Ed25519.Sign(seed, message, signature);
        return signature;
    }
}
