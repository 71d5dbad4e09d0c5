using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Eip712;

/// <summary>One authorisation on four chains: who signs it here writes the published bytes, and only its own chain reads the payer out of them.</summary>
public sealed class PublishedSignatureTests
{
    private const string OnSepolia = Vectors.Signature;
    private const string OnBase = Vectors.SignatureOnBase;
    private const string OnEthereum = "0xb9111494bde99d48fc4e7d318186ae8ad604cce21d345c8848b0901c024445da309a0196c35d095934936b37ac9f1231e0fd02887da940d1e3bafddafda56b6e1c";
    private const string OnAnvil = "0x0389c5eb5beb11fe8f02d5cd36c95c95d171caf357d9dee3bcd556acb4b7dfd534d3aa964a5c15521620e2c40454478ed939ac6bee9d739ccba2fe32e4b138e21c";
    private const string TestUsdc = "0x036cbd53842c5426634e7929541ec2318f3dcf7e";

    public static TheoryData<ulong, string, string, string> Published => new()
    {
        { 84532, TestUsdc, "USDC", OnSepolia },
        { 8453, "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", "USD Coin", OnBase },
        { 1, "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "USD Coin", OnEthereum },
        { 31337, TestUsdc, "USDC", OnAnvil },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Signing_writes_the_published_bytes_on_every_chain(ulong chain, string token, string name, string signature)
    {
        using var key = Vectors.PayerKey();
        var signed = new byte[PrivateKey.SignatureSize];
        key.Sign(Digest(chain, token, name), signed);
        signed[^1] += 27;
        Assert.Equal(signature, "0x" + Convert.ToHexStringLower(signed));
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void The_payer_is_read_out_of_a_signature_on_its_own_chain_and_on_no_other(ulong chain, string token, string name, string signature)
    {
        var digest = Digest(chain, token, name);
        Assert.Equal(Vectors.Payer, Signer(digest, signature));
        foreach (var row in Published.Select(row => (string)row[3]).Where(other => other != signature))
            Assert.NotEqual(Vectors.Payer, Signer(digest, row));
    }

    private static byte[] Digest(ulong chain, string token, string name)
    {
        var terms = new TransferTerms(
            Address.Parse(Vectors.Payer), Vectors.SellerAddress, 50_000, 0UL, (ulong)Vectors.ValidBefore, Nonce.Parse(Vectors.Nonce));
        var digest = new byte[Keccak256.Size];
        TransferAuthorizationHasher.Digest(new Eip712Domain(name, "2", chain, Address.Parse(token)), terms, digest);
        return digest;
    }

    private static string? Signer(byte[] digest, string signature)
    {
        var bytes = Convert.FromHexString(signature[2..]);
        var publicKey = new byte[PrivateKey.PublicKeySize];
        return Secp256k1.TryRecover(digest, bytes.AsSpan(0, 64), bytes[64] - 27, publicKey) ? Address.FromPublicKey(publicKey).ToString() : null;
    }
}
