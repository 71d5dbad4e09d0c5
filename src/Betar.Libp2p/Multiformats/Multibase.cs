using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;

namespace Betar.Libp2p.Multiformats;

/// <summary>Text that says by its first letter how it was encoded.</summary>
public static class Multibase
{
    public const char Base32Prefix = 'b';
    public const char Base36Prefix = 'k';
    public const char Base58Prefix = 'z';
    public const char Base64UrlPrefix = 'u';

    /// <summary>Longer text is refused: two of the bases cost the square of it.</summary>
    public const int MaxTextLength = 1024;

    private static readonly PowerOfTwoBase Base32 = new("abcdefghijklmnopqrstuvwxyz234567", 5, foldsCase: true);
    private static readonly PowerOfTwoBase Base64Url = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6, foldsCase: false);

    public static string Encode(char prefix, ReadOnlySpan<byte> data) => prefix + prefix switch
    {
        Base32Prefix => Base32.Encode(data),
        Base36Prefix => Base36.Encode(data),
        Base58Prefix => Base58.Encode(data),
        Base64UrlPrefix => Base64Url.Encode(data),
        _ => throw new ArgumentOutOfRangeException(nameof(prefix), "Not a base that is supported."),
    };

    /// <summary>Upper-case prefixes <c>B</c> and <c>K</c> are taken, too; the digits of both bases may have either case.</summary>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        return text is { Length: > 0 and <= MaxTextLength } && text[0] switch
        {
            Base32Prefix or 'B' => Base32.TryDecode(text.AsSpan(1), out data),
            Base36Prefix or 'K' => Base36.TryDecode(text.AsSpan(1), out data),
            Base58Prefix => Base58.TryDecode(text[1..], out data),
            Base64UrlPrefix => Base64Url.TryDecode(text.AsSpan(1), out data),
            _ => false,
        };
    }
}
