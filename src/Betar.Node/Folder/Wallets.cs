using System.Security.Cryptography;
using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>
/// The keys of the node's accounts on a test chain: one file of 64 hex digits each, in the folder's keystore, for the owner
/// alone. They are not encrypted: they hold test money only.
/// </summary>
public sealed class Wallets(DataFolder folder)
{
    private const int LongestFile = 256;

    /// <summary>The file of the account; names are letters, digits and dashes.</summary>
    public string FileOf(string name) => name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        ? Path.Combine(folder.Keystore, name + ".key")
        : throw new ArgumentException("A wallet's name is 1 to 64 letters, digits and dashes.", nameof(name));

    public bool Exists(string name) => File.Exists(FileOf(name));

    /// <summary>The account's key, made when there is none yet. The caller disposes it.</summary>
    public Checked<PrivateKey> LoadOrCreate(string name)
    {
        if (!Exists(name))
            Create(name);
        return Load(name);
    }

    public Checked<PrivateKey> Load(string name)
    {
        var content = SecretFile.Read(FileOf(name), LongestFile);
        if (!content.IsOk)
            return content.Refusal;
        Span<byte> key = stackalloc byte[PrivateKey.Size];
        try
        {
            return TryDecode(content.Value, key) && PrivateKey.TryImport(key, out var imported)
                ? imported
                : ErrorCatalog.KeyFileMalformed.Refuse($"The key file {FileOf(name)} is not a private key of 64 hexadecimal digits");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(content.Value);
        }
    }

    public static Address AddressOf(PrivateKey key)
    {
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        key.CopyPublicKey(publicKey);
        return Address.FromPublicKey(publicKey);
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> key)
    {
        while (text.Length > 0 && text[^1] is (byte)'\n' or (byte)'\r')
            text = text[..^1];
        if (text.StartsWith("0x"u8))
            text = text[2..];
        return text.Length == 2 * PrivateKey.Size
            && Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    private void Create(string name)
    {
        Span<byte> key = stackalloc byte[PrivateKey.Size];
        Span<byte> text = stackalloc byte[2 * PrivateKey.Size + 1];
        try
        {
            using var fresh = PrivateKey.Generate();
            fresh.Export(key);
            Convert.TryToHexStringLower(key, text, out _);
            text[^1] = (byte)'\n';
            SecretFile.TryCreate(FileOf(name), text);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
