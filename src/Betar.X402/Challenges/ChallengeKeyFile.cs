using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Betar.X402.Challenges;

/// <summary>The stored form of a key ring: version ‖ count ‖ (id ‖ created, Unix ms ‖ key) per key, oldest first.</summary>
internal static class ChallengeKeyFile
{
    internal const int MaxKeys = 64;

    private const byte Version = 1;
    private const int HeaderSize = 2;
    private const int EntrySize = 1 + sizeof(long) + ChallengeKey.Size;

    // The last moment of the year 9999.
    private const long MaxUnixMilliseconds = 253402300799999;

    internal static byte[] Write(ImmutableArray<ChallengeKey> keys)
    {
        var file = new byte[HeaderSize + (keys.Length * EntrySize)];
        file[0] = Version;
        file[1] = (byte)keys.Length;
        for (var i = 0; i < keys.Length; i++)
        {
            var entry = file.AsSpan(HeaderSize + (i * EntrySize), EntrySize);
            entry[0] = keys[i].Id;
            BinaryPrimitives.WriteInt64BigEndian(entry[1..], keys[i].CreatedAt.ToUnixTimeMilliseconds());
            keys[i].Bytes.CopyTo(entry[(1 + sizeof(long))..]);
        }

        return file;
    }

    internal static bool TryRead(ReadOnlySpan<byte> file, out ImmutableArray<ChallengeKey> keys)
    {
        keys = default;
        if (file.Length < HeaderSize
            || file[0] != Version
            || file[1] is 0 or > MaxKeys
            || file.Length != HeaderSize + (file[1] * EntrySize))
        {
            return false;
        }

        var read = ImmutableArray.CreateBuilder<ChallengeKey>(file[1]);
        for (var i = 0; i < file[1]; i++)
        {
            var entry = file.Slice(HeaderSize + (i * EntrySize), EntrySize);
            var id = entry[0];
            var created = BinaryPrimitives.ReadInt64BigEndian(entry[1..]);
            if (created is < 0 or > MaxUnixMilliseconds || read.Any(key => key.Id == id))
            {
                return false;
            }

            read.Add(new ChallengeKey(id, DateTimeOffset.FromUnixTimeMilliseconds(created), entry[(1 + sizeof(long))..]));
        }

        keys = read.MoveToImmutable();
        return true;
    }
}
