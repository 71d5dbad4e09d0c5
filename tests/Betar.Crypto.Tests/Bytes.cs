using System.Globalization;
using System.Numerics;

namespace Betar.Crypto.Tests;

/// <summary>Literals of the tests: hex with or without 0x, and big-endian numbers.</summary>
internal static class Bytes
{
    internal static readonly BigInteger Order =
        BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal static readonly BigInteger Field =
        BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal static byte[] Hex(string text) => Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text);

    internal static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    internal static byte[] Be32(BigInteger value)
    {
        var bytes = new byte[32];
        var written = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, 32 - written.Length);
        return bytes;
    }

    internal static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
