using System.Security.Cryptography;
using Betar.Crypto;
using Betar.Ethereum.Keys;
using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>
/// Where the password of the folder's key files comes from: an environment variable, a file that another one names, else a generated
/// one that lies beside the key files for their owner alone, so that nobody has to type anything for test money.
/// </summary>
public sealed class WalletPasswords(DataFolder folder, EnvironmentVariables environment)
{
    public const string Variable = "BETAR_WALLET_PASSWORD";
    public const string FileVariable = "BETAR_WALLET_PASSWORD_FILE";

    private const int LongestFile = 1024;
    private const int GeneratedBytes = 32;

    /// <summary>The generated password's file.</summary>
    public string GeneratedFile => Path.Combine(folder.Keystore, "password");

    /// <summary>The password that new files get, and how hard its derivation has to be. The caller disposes it.</summary>
    public Checked<(SecretBytes Password, KeyDerivation Derivation)> ForSealing()
    {
        if (Given() is { } given)
            return given.IsOk ? (given.Value, KeyDerivation.Standard) : given.Refusal;
        if (!File.Exists(GeneratedFile))
            Generate();
        Checked<SecretBytes> generated = ReadFile(GeneratedFile);
        return generated.IsOk ? (generated.Value, KeyDerivation.Light) : generated.Refusal;
    }

    /// <summary>What may open a file, the likeliest first; files made before a variable was set still have the generated one.</summary>
    public IEnumerable<Checked<SecretBytes>> ForOpening()
    {
        if (Given() is { } given)
            yield return given;
        if (File.Exists(GeneratedFile))
            yield return ReadFile(GeneratedFile);
    }

    /// <summary>A password from a file of its own, without the line's end.</summary>
    public static Checked<SecretBytes> ReadFile(string path)
    {
        Checked<byte[]> content = SecretFile.Read(path, LongestFile);
        if (!content.IsOk)
            return content.Refusal;
        Span<byte> password = content.Value.AsSpan(0, content.Value.AsSpan().TrimEnd("\r\n"u8).Length);
        return password.IsEmpty
            ? ErrorCatalog.WalletPasswordMissing.Refuse($"The password file {path} is empty")
            : SecretBytes.Take(password);
    }

    private Checked<SecretBytes>? Given()
    {
        if (environment(Variable) is { Length: > 0 } password)
            return SecretBytes.OfText(password);
        if (environment(FileVariable) is { Length: > 0 } path)
            return ReadFile(path);
        return null;
    }

    private void Generate()
    {
        Span<byte> password = stackalloc byte[GeneratedBytes];
        Span<byte> text = stackalloc byte[2 * GeneratedBytes + 1];
        try
        {
            RandomNumberGenerator.Fill(password);
            Convert.TryToHexStringLower(password, text, out _);
            text[^1] = (byte)'\n';
            SecretFile.TryCreate(GeneratedFile, text);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
