using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks;

/// <summary>The hashes that blocks are checked with.</summary>
public static class BlockHash
{
    /// <summary>False for functions that blocks are not named by here.</summary>
    public static bool TryCompute(MultihashCode code, ReadOnlySpan<byte> data, [NotNullWhen(true)] out Multihash? hash)
    {
        hash = code switch
        {
            MultihashCode.Sha2256 => Multihash.Sha256(data),
            MultihashCode.Sha2512 => Multihash.Create(code, SHA512.HashData(data)),
            _ => null,
        };
        return hash is not null;
    }

    public static bool IsKnown(MultihashCode code) => code is MultihashCode.Sha2256 or MultihashCode.Sha2512;

    /// <summary>The bytes are those that the name stands for.</summary>
    public static bool IsRight(Cid cid, ReadOnlySpan<byte> data) => cid.Hash.Code == MultihashCode.Identity
        ? cid.Hash.Digest.Span.SequenceEqual(data)
        : TryCompute(cid.Hash.Code, data, out var hash) && hash.Equals(cid.Hash);
}
