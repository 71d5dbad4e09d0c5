using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>Signs with a secp256k1 key, which stays its owner's: it must outlive the database and is not disposed here.</summary>
public sealed class PrivateKeyCheckpointSigner : ICheckpointSigner
{
    private readonly PrivateKey key;

    public PrivateKeyCheckpointSigner(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        this.key = key;
        Span<byte> publicKey = stackalloc byte[64];
        key.CopyPublicKey(publicKey);
        Address = new Address(Keccak256.Hash(publicKey).AsSpan(12));
    }

    public Address Address { get; }

    public void Sign(in Hash32 digest, Span<byte> signature65)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        digest.CopyTo(hash);
        key.Sign(hash, signature65);
    }
}
