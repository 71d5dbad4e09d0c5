using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>A signature over everything up to an entry.</summary>
internal sealed record LedgerCheckpoint(
    long Number,
    long Sequence,
    Hash32 Accumulator,
    DateTimeOffset At,
    Hash32 PreviousHash,
    Hash32 Hash,
    Address Signer,
    ReadOnlyMemory<byte> Signature)
{
    public const int SignatureSize = 65;

    public static LedgerCheckpoint Create(long number, long sequence, in Hash32 accumulator, DateTimeOffset at, in Hash32 previous,
        ICheckpointSigner signer)
    {
        var hash = LedgerHash.Checkpoint(number, sequence, accumulator, at, previous, signer.Address);
        var signature = new byte[SignatureSize];
        signer.Sign(hash, signature);
        return new LedgerCheckpoint(number, sequence, accumulator, at, previous, hash, signer.Address, signature);
    }

    public Hash32 ComputeHash() => LedgerHash.Checkpoint(Number, Sequence, Accumulator, At, PreviousHash, Signer);

    /// <summary>True when <see cref="Signer"/> signed <see cref="Hash"/>.</summary>
    public bool IsSigned()
    {
        var signature = Signature.Span;
        if (signature.Length != SignatureSize || signature[64] > 1)
            return false;
        Span<byte> hash = stackalloc byte[Hash32.Size];
        Hash.CopyTo(hash);
        Span<byte> publicKey = stackalloc byte[64];
        return Secp256k1.TryRecover(hash, signature[..64], signature[64], publicKey)
            && new Address(Keccak256.Hash(publicKey).AsSpan(12)) == Signer;
    }
}
