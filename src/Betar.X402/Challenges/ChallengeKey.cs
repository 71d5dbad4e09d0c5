using System.Security.Cryptography;

namespace Betar.X402.Challenges;

/// <summary>One MAC key in pinned memory.</summary>
internal sealed class ChallengeKey
{
    internal const int Size = 32;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private IncrementalHash? _spare;
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
        // Preparing a key costs about as much as using it: one prepared state is kept for the next who comes.
        var prepared = Interlocked.Exchange(ref _spare, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes);
        prepared.AppendData(message);
        prepared.GetHashAndReset(mac32);
        Keep(prepared);
        return !_wiped;
    }

    internal void Wipe()
    {
        _wiped = true;
        CryptographicOperations.ZeroMemory(_bytes);
        Interlocked.Exchange(ref _spare, null)?.Dispose();
    }

    private void Keep(IncrementalHash prepared)
    {
        if (Interlocked.CompareExchange(ref _spare, prepared, null) is not null)
        {
            prepared.Dispose();
        }
        else if (_wiped)
        {
            // Wiped while it was in use; whoever comes second here finds nothing.
            Interlocked.Exchange(ref _spare, null)?.Dispose();
        }
    }
}
