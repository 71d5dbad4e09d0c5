using System.Buffers;

namespace Betar.X402.Wire;

/// <summary>Names of the headers, and base64 as both versions want it: standard alphabet, padded, bounded.</summary>
public static class PaymentHeaders
{
    public const string Required = "PAYMENT-REQUIRED";
    public const string Signature = "PAYMENT-SIGNATURE";
    public const string Response = "PAYMENT-RESPONSE";
    public const string V1Payment = "X-PAYMENT";
    public const string V1Response = "X-PAYMENT-RESPONSE";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    public static string Encode(ReadOnlySpan<byte> json) => Convert.ToBase64String(json);

    /// <summary>The framework alone would let white space pass, so that one payment had many spellings.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, int maxLength, out byte[] json)
    {
        json = [];
        if (text.IsEmpty || text.Length > maxLength || text.Length % 4 != 0 || text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var written))
        {
            return false;
        }

        json = bytes[..written];
        return true;
    }
}
