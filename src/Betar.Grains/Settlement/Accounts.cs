using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>The address of a key.</summary>
public static class Accounts
{
    public static Address Of(PrivateKey key)
    {
        Span<byte> publicKey = stackalloc byte[64];
        key.CopyPublicKey(publicKey);
        return Address.FromPublicKey(publicKey);
    }
}
