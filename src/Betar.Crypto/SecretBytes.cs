using System.Security.Cryptography;

namespace Betar.Crypto;

/// <summary>A password or the like: pinned, so that the collector leaves no copies, and wiped when disposed.</summary>
public sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private bool _disposed;

    private SecretBytes(int length) => _bytes = GC.AllocateArray<byte>(length, pinned: true);

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Span => _disposed ? throw new ObjectDisposedException(nameof(SecretBytes)) : _bytes;

    /// <summary>Takes the bytes over: the source is wiped.</summary>
    public static SecretBytes Take(Span<byte> source)
    {
        var secret = new SecretBytes(source.Length);
        source.CopyTo(secret._bytes);
        CryptographicOperations.ZeroMemory(source);
        return secret;
    }

    /// <summary>The UTF-8 of a text.</summary>
    public static SecretBytes OfText(ReadOnlySpan<char> text)
    {
        var secret = new SecretBytes(System.Text.Encoding.UTF8.GetByteCount(text));
        System.Text.Encoding.UTF8.GetBytes(text, secret._bytes);
        return secret;
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    public override string ToString() => "SecretBytes(hidden)";
}
