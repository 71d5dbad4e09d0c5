using System.Security.Cryptography;
using Betar.Ethereum;

namespace Betar.X402;

/// <summary>The 32-byte nonce of an EIP-3009 authorisation. Its one spelling is 0x and 64 lower-case hex digits.</summary>
public readonly record struct Nonce(Hash32 Value)
{
    public const int Size = Hash32.Size;

    private const string Prefix = "0x";
    private const int HexLength = 2 * Size;

    public Nonce(ReadOnlySpan<byte> bytes)
        : this(new Hash32(bytes))
    {
    }

    public static Nonce Random()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return new Nonce(bytes);
    }

    /// <summary>"0x" and 64 lower-case hex digits; another letter case is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Nonce nonce)
    {
        if (!text.ContainsAnyInRange('A', 'Z') && Hash32.TryParse(text, out var value))
        {
            nonce = new Nonce(value);
            return true;
        }

        nonce = default;
        return false;
    }

    /// <summary>The form of <c>challenge_nonce</c> and <c>server_nonce</c>: 64 lower-case hex digits without 0x.</summary>
    public static bool TryParseBare(ReadOnlySpan<char> text, out Nonce nonce)
    {
        nonce = default;
        if (text.Length != HexLength)
        {
            return false;
        }

        Span<char> prefixed = stackalloc char[Prefix.Length + HexLength];
        Prefix.CopyTo(prefixed);
        text.CopyTo(prefixed[Prefix.Length..]);
        return TryParse(prefixed, out nonce);
    }

    public static Nonce Parse(string text) =>
        TryParse(text, out var nonce) ? nonce : throw new FormatException("Not 0x and 64 lower-case hex digits.");

    public void CopyTo(Span<byte> destination) => Value.CopyTo(destination);

    public string ToBareString() => ToString()[Prefix.Length..];

    public override string ToString() => Value.ToString();
}
