using Betar.Crypto;

namespace Betar.Ethereum.Tests.Support;

/// <summary>The throw-away accounts of the x402 reference vectors, and a sender of transactions.</summary>
internal static class TestKeys
{
    internal static readonly PrivateKey Payer = FromLabel("marketplace test payer");
    internal static readonly PrivateKey Seller = FromLabel("marketplace test seller");
    internal static readonly PrivateKey Sender = FromLabel("settlement account of the tests");

    internal static readonly Address PayerAddress = AddressOf(Payer);
    internal static readonly Address SellerAddress = AddressOf(Seller);
    internal static readonly Address SenderAddress = AddressOf(Sender);

    internal static readonly Address Usdc = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e");

    internal static PrivateKey FromLabel(string label) => PrivateKey.Import(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(label)));

    internal static Address AddressOf(PrivateKey key)
    {
        Span<byte> publicKey = stackalloc byte[64];
        key.CopyPublicKey(publicKey);
        return Address.FromPublicKey(publicKey);
    }

    internal static Hash32 NonceOf(string label) => new(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(label)));
}
