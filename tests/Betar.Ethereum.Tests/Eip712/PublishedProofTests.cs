using System.Globalization;
using System.Text;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Tests.Eip712;

/// <summary>The proof of a payment in the marketplace's older dialect: a personal message over its fields, signed by who paid.</summary>
public sealed class PublishedProofTests
{
    private const string Token = "eyJ2ZXJzaW9uIjoidjEiLCJ0eEhhc2giOiIweGRhNWYwZDIwODU0MjE1NjY0NWRmZmU1ZGI3MDc3OGQ2NWQwNjAyZGRjMGViOTc5NDE0NDE4NzEwM2Y2OWFjOTkiLCJhbW91bnQiOjAuMDUsInNlbmRlciI6IjB4NDBENkI4NDZjMUE5NDVkMmRmZGU3OTQ2NjZGM0I5NDhGQUYxMjZCMSIsInJlY2lwaWVudCI6IjB4MmVEOTlDNjk2YTA5OTI3NDc4ODZDMWEyOUJEODFlNGQwNTVjMkE1NyIsInRpbWVzdGFtcCI6MTc5MDAwMDAwMDAwMCwic2lnbmF0dXJlIjoiMHg5MmJhOTk1YzMwN2NkZjM2YzNiMzMwZTEyNjcyYjU0MTU1Yzk5MTBlMGNlM2VhZmYzNmM4ZTMzMTU4MjVlZGU0MTRlMDRjYzgwNTM4NjAzZDVkZGEzM2IzYjQzMzQ4NWVmZWFiNDgwZDVlNDllZWEwYTQxNjI0Nzk5OGFmODkyMzFjIn0=";

    private static readonly JsonElement s_proof = JsonDocument.Parse(Convert.FromBase64String(Token)).RootElement;

    [Fact]
    public void Its_message_has_the_published_hash()
    {
        byte[] message = Message(s_proof.GetProperty("amount").GetRawText());
        Assert.Equal(189, message.Length);
        Assert.Equal("4f50195dedb9838de806d08908d9679e3672c4bd4ecfc18c131f3d8e44a8a0a7", Convert.ToHexStringLower(Hash(message)));
        Assert.Equal(
            Text("txHash"), "0x" + Convert.ToHexStringLower(Keccak256.Hash("example transfer transaction"u8)));
    }

    [Fact]
    public void Who_paid_signed_it_and_signs_it_here_with_the_same_bytes()
    {
        byte[] hash = Hash(Message("0.05"));
        byte[] signature = Convert.FromHexString(Text("signature")[2..]);
        using PrivateKey payer = PrivateKey.Import(Keccak256.Hash("marketplace test payer"u8));
        byte[] own = new byte[PrivateKey.SignatureSize];
        payer.Sign(hash, own);
        own[^1] += 27;
        Assert.Equal(signature, own);
        Assert.Equal(Text("sender"), Signer(hash, signature));
    }

    [Theory]
    [InlineData("0.06")]
    [InlineData("0.050")]
    public void Another_amount_was_signed_by_nobody(string amount) =>
        Assert.NotEqual(Text("sender"), Signer(Hash(Message(amount)), Convert.FromHexString(Text("signature")[2..])));

    private static byte[] Message(string amount) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"bitterbot-x402:v1:{Text("recipient").ToLowerInvariant()}:{Text("txHash").ToLowerInvariant()}:{amount}:{Text("sender").ToLowerInvariant()}:{s_proof.GetProperty("timestamp").GetInt64()}"));

    private static byte[] Hash(byte[] message)
    {
        byte[] hash = new byte[Keccak256.Size];
        PersonalMessage.Digest(message).CopyTo(hash);
        return hash;
    }

    private static string? Signer(byte[] hash, byte[] signature)
    {
        byte[] publicKey = new byte[PrivateKey.PublicKeySize];
        return Secp256k1.TryRecover(hash, signature.AsSpan(0, 64), signature[64] - 27, publicKey) ? Address.FromPublicKey(publicKey).ToString() : null;
    }

    private static string Text(string name) => s_proof.GetProperty(name).GetString()!;
}
