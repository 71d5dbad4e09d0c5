using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Betar.Crypto;

/// <summary>secp256k1 signatures as <c>SEQUENCE { INTEGER r, INTEGER s }</c> over SHA-256, as networks other than Ethereum write them.</summary>
public static class Secp256k1Der
{
    public static byte[] Sign(PrivateKey key, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        Span<byte> signature = stackalloc byte[PrivateKey.SignatureSize];
        key.Sign(hash, signature);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Trim(signature[..32]));
            writer.WriteIntegerUnsigned(Trim(signature[32..64]));
        }

        return writer.Encode();
    }

    /// <summary>True for the signature and for its twin with a high s. False for every other spelling, too.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey64, ReadOnlySpan<byte> message, ReadOnlySpan<byte> der)
    {
        Span<byte> rs = stackalloc byte[64];
        if (!TryRead(der, rs))
        {
            return false;
        }

        Secp256k1.MakeLowS(rs);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return Secp256k1.Verify(hash, rs, publicKey64);
    }

    private static bool TryRead(ReadOnlySpan<byte> der, Span<byte> rs64)
    {
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            var content = der.Slice(offset, length);
            return consumed == der.Length
                && TryReadNumber(ref content, rs64[..32])
                && TryReadNumber(ref content, rs64[32..])
                && content.IsEmpty;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> content, Span<byte> number32)
    {
        var bytes = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out var consumed);
        content = content[consumed..];
        var magnitude = Trim(bytes);
        if (bytes[0] >= 0x80 || magnitude.Length > number32.Length)
        {
            return false;
        }

        number32.Clear();
        magnitude.CopyTo(number32[(number32.Length - magnitude.Length)..]);
        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> number) =>
        number[..^1].IndexOfAnyExcept((byte)0) is var first && first < 0 ? number[^1..] : number[first..];
}
