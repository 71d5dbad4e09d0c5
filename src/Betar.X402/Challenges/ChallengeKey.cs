using System.Security.Cryptography;

namespace Betar.X402.Challenges;

/// <summary>One MAC key in pinned memory.</summary>
internal sealed class ChallengeKey
{
    internal const int Size = 32;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private volatile bool _wiped;

    internal ChallengeKey(byte id, DateTimeOffset createdAt, ReadOnlySpan<byte> bytes)
    {
        Id = id;
        CreatedAt = createdAt;
        bytes.CopyTo(_bytes);
    }

    internal byte Id { get; }

    internal DateTimeOffset CreatedAt { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>False when the key was wiped before the MAC was complete; the MAC is then worth nothing.</summary>
    internal bool TryComputeMac(ReadOnlySpan<byte> message, Span<byte> mac32)
    {
        HMACSHA256.HashData(_bytes, message, mac32);
        return !_wiped;
    }

    internal void Wipe()
    {
        _wiped = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
