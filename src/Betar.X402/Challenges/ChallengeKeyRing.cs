using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Betar.X402.Challenges;

/// <summary>
/// The MAC keys of quotes: the newest makes nonces, older ones verify until their grace is over. Silos that serve
/// the same agents hold the same ring; <see cref="Export"/> is what they store and share.
/// </summary>
public sealed class ChallengeKeyRing : IDisposable
{
    private readonly Lock _changes = new();
    private readonly ChallengeOptions _options;
    private readonly TimeProvider _time;

    // Oldest first, never empty.
    private volatile ImmutableArrayBox _keys;
    private bool _disposed;

    private ChallengeKeyRing(ImmutableArray<ChallengeKey> keys, ChallengeOptions options, TimeProvider time)
    {
        _keys = new ImmutableArrayBox(keys);
        _options = options;
        _time = time;
    }

    /// <summary>The id of the key that makes nonces now.</summary>
    public byte CurrentKeyId => Current.Id;

    public DateTimeOffset CurrentKeyCreatedAt => Current.CreatedAt;

    public int Count => _keys.Items.Length;

    internal ChallengeKey Current => Live[^1];

    private ImmutableArray<ChallengeKey> Live
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _keys.Items;
        }
    }

    public static ChallengeKeyRing Create(ChallengeOptions options, TimeProvider time)
    {
        Require(options);
        return new ChallengeKeyRing([NewKey(0, time.GetUtcNow())], options, time);
    }

    /// <summary>Reads what <see cref="Export"/> wrote; anything else is refused.</summary>
    public static bool TryImport(
        ReadOnlySpan<byte> exported, ChallengeOptions options, TimeProvider time, [NotNullWhen(true)] out ChallengeKeyRing? ring)
    {
        Require(options);
        ring = ChallengeKeyFile.TryRead(exported, out var keys) ? new ChallengeKeyRing(keys, options, time) : null;
        return ring is not null;
    }

    /// <summary>All keys, in the clear: store it as the secret that it is.</summary>
    public byte[] Export() => ChallengeKeyFile.Write(Live);

    /// <summary>Makes a new key the current one, and wipes those whose grace is over.</summary>
    public void Rotate()
    {
        lock (_changes)
        {
            var keys = Live;
            if (keys.Length == ChallengeKeyFile.MaxKeys)
            {
                keys[0].Wipe();
                keys = keys.RemoveAt(0);
            }

            _keys = new ImmutableArrayBox(keys.Add(NewKey(unchecked((byte)(keys[^1].Id + 1)), _time.GetUtcNow())));
        }

        Prune();
    }

    /// <summary>Wipes keys whose grace is over. Returns how many.</summary>
    public int Prune()
    {
        lock (_changes)
        {
            var keys = Live;
            var now = _time.GetUtcNow();
            var kept = keys.Where((key, index) => !IsOver(keys, index, now)).ToImmutableArray();
            _keys = new ImmutableArrayBox(kept);
            foreach (var key in keys.Except(kept))
            {
                key.Wipe();
            }

            return keys.Length - kept.Length;
        }
    }

    public void Dispose()
    {
        lock (_changes)
        {
            _disposed = true;
            foreach (var key in _keys.Items)
            {
                key.Wipe();
            }
        }
    }

    /// <summary>Null for an id that is not in the ring or whose grace is over, pruned or not.</summary>
    internal ChallengeKey? Find(byte id)
    {
        var keys = Live;
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            if (keys[i].Id == id)
            {
                return IsOver(keys, i, _time.GetUtcNow()) ? null : keys[i];
            }
        }

        return null;
    }

    // A key is replaced at the moment its successor is created.
    private bool IsOver(ImmutableArray<ChallengeKey> keys, int index, DateTimeOffset now) =>
        index < keys.Length - 1 && now - keys[index + 1].CreatedAt >= _options.KeyGrace;

    private static ChallengeKey NewKey(byte id, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[ChallengeKey.Size];
        RandomNumberGenerator.Fill(bytes);
        var key = new ChallengeKey(id, now, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    private static void Require(ChallengeOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }
    }

    // A reference, so that readers see the whole array or the one before.
    private sealed record ImmutableArrayBox(ImmutableArray<ChallengeKey> Items);
}
