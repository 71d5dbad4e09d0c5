using System.Text;
using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Support;

/// <summary>A throw-away account: its key is the hash of a label.</summary>
internal sealed class Account
{
    private Account(PrivateKey key, Address address) => (Key, Address) = (key, address);

    internal static Account Deployer { get; } = Of("contracts deployer");

    internal static Account Owner { get; } = Of("contracts token owner");

    internal static Account Relayer { get; } = Of("contracts relayer");

    internal static Account Buyer { get; } = Of("marketplace test payer");

    internal static Account Seller { get; } = Of("marketplace test seller");

    internal static Account Arbiter { get; } = Of("contracts arbiter");

    internal static Account Stranger { get; } = Of("contracts stranger");

    internal PrivateKey Key { get; }

    internal Address Address { get; }

    internal static Account Of(string label)
    {
        var key = PrivateKey.Import(Keccak256.Hash(Encoding.ASCII.GetBytes(label)));
        Span<byte> publicKey = stackalloc byte[64];
        key.CopyPublicKey(publicKey);
        return new Account(key, Address.FromPublicKey(publicKey));
    }

    /// <summary>r ‖ s ‖ v with v 27 or 28.</summary>
    internal byte[] Sign(Hash32 digest)
    {
        var signature = new byte[65];
        Key.Sign(digest.ToArray(), signature);
        signature[64] += 27;
        return signature;
    }
}
