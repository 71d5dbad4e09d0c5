using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Betar.Crypto;

namespace Betar.Ethereum.Keys;

/// <summary>
/// Key files of version 3 ("Web3 Secret Storage"): AES-128 in counter mode, the key derived from a password by scrypt or PBKDF2,
/// a Keccak-256 over the second half of that key and the ciphertext as proof of the password.
/// </summary>
public static class KeystoreFile
{
    const int SaltSize = 32;
    const int CipherKeySize = 16;

    static readonly KeystoreOptions _defaults = new();

    public static KeystoreResult Open(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> password, KeystoreOptions? options = null)
    {
        options ??= _defaults;
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        if (json.Length > options.MaxFileBytes)
            return KeystoreResult.No(KeystoreFault.Malformed, $"it is longer than {options.MaxFileBytes} bytes");
        var fault = KeystoreReader.Read(json, out var document, out var detail);
        if (document is null)
            return KeystoreResult.No(fault, detail);
        return document.Derivation.IsAllowed(options)
            ? Decrypt(document, password)
            : KeystoreResult.No(KeystoreFault.TooExpensive, "its derivation takes more than is allowed");
    }

    /// <summary>The address that a file names, unproven; null when it names none or is no key file.</summary>
    public static Address? AddressIn(ReadOnlyMemory<byte> json)
    {
        KeystoreReader.Read(json, out var document, out _);
        return document?.Address;
    }

    /// <summary>The bytes of a new file.</summary>
    public static byte[] Seal(PrivateKey key, ReadOnlySpan<byte> password, KeyDerivation derivation)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(derivation);
        Span<byte> derived = stackalloc byte[KeyDerivation.KeySize];
        Span<byte> secret = stackalloc byte[PrivateKey.Size];
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var counter = RandomNumberGenerator.GetBytes(AesCtr.CounterSize);
        var ciphertext = new byte[PrivateKey.Size];
        var mac = new byte[Keccak256.Size];
        try
        {
            derivation.Derive(password, salt, derived);
            key.Export(secret);
            AesCtr.Transform(derived[..CipherKeySize], counter, secret, ciphertext);
            WriteMac(derived, ciphertext, mac);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(secret);
        }

        return Write(new KeystoreDocument(Address.FromKey(key), derivation, salt, counter, ciphertext, mac));
    }

    static KeystoreResult Decrypt(KeystoreDocument document, ReadOnlySpan<byte> password)
    {
        Span<byte> derived = stackalloc byte[KeyDerivation.KeySize];
        Span<byte> secret = stackalloc byte[PrivateKey.Size];
        Span<byte> mac = stackalloc byte[Keccak256.Size];
        try
        {
            document.Derivation.Derive(password, document.Salt, derived);
            WriteMac(derived, document.Ciphertext, mac);
            if (!CryptographicOperations.FixedTimeEquals(mac, document.Mac))
                return KeystoreResult.No(KeystoreFault.WrongPassword, "the password does not open it");
            AesCtr.Transform(derived[..CipherKeySize], document.Counter, document.Ciphertext, secret);
            if (!PrivateKey.TryImport(secret, out var key))
                return KeystoreResult.No(KeystoreFault.NotAKey, "what it holds is no private key");
            if (document.Address is not { } address || address == Address.FromKey(key))
                return KeystoreResult.Of(key);
            key.Dispose();
            return KeystoreResult.No(KeystoreFault.NotAKey, $"it names {address} and holds another key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    static void WriteMac(ReadOnlySpan<byte> derived, ReadOnlySpan<byte> ciphertext, Span<byte> mac)
    {
        Span<byte> input = stackalloc byte[KeyDerivation.KeySize - CipherKeySize + PrivateKey.Size];
        derived[CipherKeySize..].CopyTo(input);
        ciphertext.CopyTo(input[(KeyDerivation.KeySize - CipherKeySize)..]);
        Keccak256.Hash(input, mac);
        CryptographicOperations.ZeroMemory(input);
    }

    static byte[] Write(KeystoreDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(768);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("address", document.Address!.Value.ToLowerHex().AsSpan(2));
            writer.WriteStartObject("crypto");
            writer.WriteString("cipher", "aes-128-ctr");
            writer.WriteString("ciphertext", Convert.ToHexStringLower(document.Ciphertext));
            writer.WriteStartObject("cipherparams");
            writer.WriteString("iv", Convert.ToHexStringLower(document.Counter));
            writer.WriteEndObject();
            writer.WriteString("kdf", document.Derivation.Name);
            writer.WriteStartObject("kdfparams");
            writer.WriteNumber("dklen", KeyDerivation.KeySize);
            document.Derivation.WriteParameters(writer);
            writer.WriteString("salt", Convert.ToHexStringLower(document.Salt));
            writer.WriteEndObject();
            writer.WriteString("mac", Convert.ToHexStringLower(document.Mac));
            writer.WriteEndObject();
            writer.WriteString("id", Guid.NewGuid());
            writer.WriteNumber("version", 3);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
