using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Betar.Marketplace.Search;

/// <summary>The place behind which a page begins: that of the last listing of the page before, and of which search.</summary>
internal static class SearchCursor
{
    public const int FingerprintLength = 8;

    private const byte Version = 1;
    private const int HeaderLength = 1 + FingerprintLength + (2 * sizeof(ulong));
    private const int MaxLength = 2048;

    public static string Write(ReadOnlySpan<byte> fingerprint, in SortKey last)
    {
        var bytes = new byte[HeaderLength + Encoding.UTF8.GetByteCount(last.Id)];
        bytes[0] = Version;
        fingerprint.CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1 + FingerprintLength), last.Value);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1 + FingerprintLength + sizeof(ulong)), last.Hash);
        Encoding.UTF8.GetBytes(last.Id, bytes.AsSpan(HeaderLength));
        return Base64Url.EncodeToString(bytes);
    }

    public static SearchFault Read(string cursor, ReadOnlySpan<byte> fingerprint, out SortKey last)
    {
        last = default;
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor, out var length) || length <= HeaderLength)
            return SearchFault.BadCursor;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(cursor);
        var id = bytes[HeaderLength..];
        if (bytes[0] != Version || !System.Text.Unicode.Utf8.IsValid(id))
            return SearchFault.BadCursor;
        if (!bytes.Slice(1, FingerprintLength).SequenceEqual(fingerprint))
            return SearchFault.CursorOfAnotherSearch;
        last = new SortKey(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[(1 + FingerprintLength)..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[(1 + FingerprintLength + sizeof(ulong))..]),
            Encoding.UTF8.GetString(id));
        return SearchFault.None;
    }
}
