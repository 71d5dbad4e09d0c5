using System.Security.Cryptography;

namespace Betar.X402.Challenges;

/// <summary>Salts from the system's generator, which costs as much for many as for one: each thread keeps some ahead, and clears what it gave.</summary>
internal static class SaltSource
{
    private const int Ahead = 1024;

    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static int _left;

    internal static void Fill(Span<byte> salt)
    {
        var bytes = _bytes ??= GC.AllocateUninitializedArray<byte>(Ahead);
        if (_left < salt.Length)
        {
            RandomNumberGenerator.Fill(bytes);
            _left = bytes.Length;
        }

        _left -= salt.Length;
        var given = bytes.AsSpan(_left, salt.Length);
        given.CopyTo(salt);
        given.Clear();
    }
}
