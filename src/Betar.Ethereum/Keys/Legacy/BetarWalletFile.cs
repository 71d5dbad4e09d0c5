using System.Buffers;
using System.Security.Cryptography;
using Betar.Crypto;

namespace Betar.Ethereum.Keys;

/// <summary>
/// The original program's key files. In use: 64 hex digits. Defined and never written by it: hex of salt (32), nonce (12) and
/// AES-256-GCM ciphertext, the key by PBKDF2-HMAC-SHA256 in 100,000 rounds, the text the 64 hex digits again.
/// </summary>
public static class BetarWalletFile
{
    public const int MaxBytes = 512;

    const int Digits = 2 * PrivateKey.Size;
    const int SaltSize = 32;
    const int NonceSize = 12;
    const int TagSize = 16;
    const int Rounds = 100_000;
    const int SealedSize = SaltSize + NonceSize + Digits + TagSize;

    /// <summary>Whether the file's length is that of the encrypted form, so that a password is needed.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> file) => Trim(file).Length == 2 * SealedSize;

    /// <summary>Hex digits with or without 0x, and a line's end.</summary>
    public static KeystoreResult Read(ReadOnlySpan<byte> file)
    {
        var text = Trim(file);
        if (text.StartsWith("0x"u8))
            text = text[2..];
        Span<byte> secret = stackalloc byte[PrivateKey.Size];
        try
        {
            if (text.Length != Digits || Convert.FromHexString(text, secret, out _, out _) != OperationStatus.Done)
                return KeystoreResult.No(KeystoreFault.Malformed, "it is not 64 hexadecimal digits");
            return PrivateKey.TryImport(secret, out var key)
                ? KeystoreResult.Of(key)
                : KeystoreResult.No(KeystoreFault.NotAKey, "what it holds is no private key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public static KeystoreResult ReadSealed(ReadOnlySpan<byte> file, ReadOnlySpan<byte> password)
    {
        Span<byte> content = stackalloc byte[SealedSize];
        if (!IsSealed(file) || Convert.FromHexString(Trim(file), content, out _, out _) != OperationStatus.Done)
            return KeystoreResult.No(KeystoreFault.Malformed, $"it is not {2 * SealedSize} hexadecimal digits");
        Span<byte> derived = stackalloc byte[32];
        Span<byte> text = stackalloc byte[Digits];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, content[..SaltSize], derived, Rounds, HashAlgorithmName.SHA256);
            using var aes = new AesGcm(derived, TagSize);
            aes.Decrypt(content.Slice(SaltSize, NonceSize), content[(SaltSize + NonceSize)..^TagSize], content[^TagSize..], text);
            return Read(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return KeystoreResult.No(KeystoreFault.WrongPassword, "the password does not open it");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> file) => file.TrimEnd("\r\n"u8);
}
