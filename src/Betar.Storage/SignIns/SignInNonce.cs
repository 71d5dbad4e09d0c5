using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Betar.Storage.SignIns;

/// <summary>
/// A nonce that says itself until when it is good and who made it: 8 bytes of seconds, 8 that are random, 16 of a MAC over both. So giving one
/// out, which costs a stranger nothing, writes nothing.
/// </summary>
internal static class SignInNonce
{
    public const int KeySize = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private const int TimeSize = sizeof(long);
    private const int BodySize = 2 * TimeSize;
    private const int Size = 2 * BodySize;

    public static string Make(byte[] key, DateTimeOffset until)
    {
        Span<byte> nonce = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(nonce, until.ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(nonce[TimeSize..BodySize]);
        Mac(key, nonce[..BodySize], nonce[BodySize..]);
        return Convert.ToHexStringLower(nonce);
    }

    /// <summary>False when it is not one that was made with this key, to the letter.</summary>
    public static bool TryRead(byte[] key, string text, out byte[] nonce, out long until)
    {
        (nonce, until) = ([], 0);
        if (text.Length != 2 * Size || text.AsSpan().ContainsAnyExcept(Digits))
            return false;
        nonce = Convert.FromHexString(text);
        until = BinaryPrimitives.ReadInt64BigEndian(nonce);
        Span<byte> mac = stackalloc byte[BodySize];
        Mac(key, nonce.AsSpan(0, BodySize), mac);
        return CryptographicOperations.FixedTimeEquals(mac, nonce.AsSpan(BodySize));
    }

    private static void Mac(byte[] key, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, body, whole);
        whole[..mac.Length].CopyTo(mac);
    }
}
