using System.Security.Cryptography;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>
/// The keys of the folder's accounts: one keystore file of version 3 each, for the owner alone. Files of 64 hex digits, which
/// earlier versions wrote, become such files when they are first used.
/// </summary>
/// <param name="ask">Asks a person for a password where no other opens a file; null when nobody is there.</param>
public sealed class Wallets(DataFolder folder, EnvironmentVariables? environment = null, Func<string, SecretBytes?>? ask = null)
{
    /// <summary>The account that earns; the original's variable for its key stands above the file.</summary>
    public const string Main = "wallet";

    public const string KeyVariable = "ETHEREUM_PRIVATE_KEY";

    /// <summary>The original's variable for the file of that key: plain digits, which are read and stay where they are.</summary>
    public const string KeyPathVariable = "BETAR_WALLET_KEY_PATH";

    private const int LongestFile = 16 * 1024;
    private const int LongestName = 64;

    private readonly EnvironmentVariables environment = environment ?? (static _ => null);

    public WalletPasswords Passwords { get; } = new(folder, environment ?? (static _ => null));

    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    /// <summary>The file of the account; names are letters, digits and dashes.</summary>
    public string FileOf(string name) => IsName(name)
        ? Path.Combine(folder.Keystore, name + ".json")
        : throw new ArgumentException($"A wallet's name is 1 to {LongestName} letters, digits and dashes.", nameof(name));

    /// <summary>Where earlier versions kept it.</summary>
    public string PlainFileOf(string name) => Path.ChangeExtension(FileOf(name), ".key");

    public bool Exists(string name) => File.Exists(FileOf(name)) || File.Exists(PlainFileOf(name));

    /// <summary>Every account that has a file, by name.</summary>
    public IReadOnlyList<WalletEntry> List() => !Directory.Exists(folder.Keystore) ? [] :
    [
        .. Directory.EnumerateFiles(folder.Keystore)
            .Where(file => Path.GetExtension(file) is ".json" or ".key")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>().Where(IsName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => File.Exists(FileOf(name)) ? new WalletEntry(name, FileOf(name), AddressIn(FileOf(name))) : new WalletEntry(name, PlainFileOf(name), null)),
    ];

    /// <summary>The account's key, made when there is none yet. The caller disposes it.</summary>
    public Checked<PrivateKey> LoadOrCreate(string name)
    {
        if (FromEnvironment(name) is { } given)
            return given;
        if (!Exists(name) && (TakeOver(name) ?? Create(name)) is { } refusal)
            return refusal;
        return Load(name);
    }

    /// <summary>The wallet of the original that lies in the folder becomes ours; its file stays. Null when there is none, or all is well.</summary>
    private CliRefusal? TakeOver(string name)
    {
        if (name != Main || !File.Exists(folder.PlainWallet))
            return null;
        Checked<PrivateKey> plain = ReadPlain(folder.PlainWallet);
        if (!plain.IsOk)
            return plain.Refusal;
        using var key = plain.Value;
        return Add(name, key);
    }

    public Checked<PrivateKey> Load(string name)
    {
        if (FromEnvironment(name) is { } given)
            return given;
        return File.Exists(PlainFileOf(name)) ? Migrate(name) : Open(FileOf(name));
    }

    /// <summary>Opens the account's file and changes nothing: null when it holds a key that can be used.</summary>
    public CliRefusal? Check(string name)
    {
        Checked<PrivateKey> key = File.Exists(FileOf(name)) ? Open(FileOf(name)) : ReadPlain(PlainFileOf(name));
        if (key.IsOk)
            key.Value.Dispose();
        return key.Refusal;
    }

    /// <summary>Keeps a key under a name that is free.</summary>
    public CliRefusal? Add(string name, PrivateKey key)
    {
        var password = Passwords.ForSealing();
        if (!password.IsOk)
            return password.Refusal;
        using var secret = password.Value.Password;
        return !Exists(name) && SecretFile.TryCreate(FileOf(name), KeystoreFile.Seal(key, secret.Span, password.Value.Derivation))
            ? null
            : ErrorCatalog.WalletExists.Refuse($"There is a wallet {name} in {folder.Keystore} already");
    }

    /// <summary>A key from a variable: 64 hex digits, with or without 0x. Null when the variable is not set.</summary>
    private Checked<PrivateKey>? FromEnvironment(string name)
    {
        if (name != Main)
            return null;
        if (environment(KeyVariable) is not { Length: > 0 } text)
            return environment(KeyPathVariable) is { Length: > 0 } path ? ReadPlain(path) : default(Checked<PrivateKey>?);
        using var secret = SecretBytes.OfText(text);
        return BetarWalletFile.Read(secret.Span).TryGetKey(out var key)
            ? key
            : ErrorCatalog.KeyFileMalformed.Refuse($"{KeyVariable} is not a private key of 64 hexadecimal digits", "mend the variable, or unset it");
    }

    private Checked<PrivateKey> Open(string path)
    {
        Checked<byte[]> content = SecretFile.Read(path, LongestFile);
        if (!content.IsOk)
            return content.Refusal;
        CliRefusal refusal = ErrorCatalog.WalletPasswordMissing.Refuse($"There is no password for the key file {path}");
        foreach (Checked<SecretBytes> candidate in Passwords.ForOpening())
        {
            if (!candidate.IsOk)
                return candidate.Refusal;
            using var password = candidate.Value;
            KeystoreResult result = KeystoreFile.Open(content.Value, password.Span);
            if (result.TryGetKey(out var key))
                return key;
            refusal = WalletRefusals.Of(result, path);
            if (result.Fault != KeystoreFault.WrongPassword)
                return refusal;
        }

        using var typed = ask?.Invoke($"Password of {path}");
        return typed is null ? refusal
            : KeystoreFile.Open(content.Value, typed.Span) is var opened && opened.TryGetKey(out var found) ? found
            : WalletRefusals.Of(opened, path);
    }

    private static Checked<PrivateKey> ReadPlain(string path)
    {
        Checked<byte[]> content = SecretFile.Read(path, BetarWalletFile.MaxBytes);
        if (!content.IsOk)
            return content.Refusal;
        try
        {
            KeystoreResult result = BetarWalletFile.Read(content.Value);
            return result.TryGetKey(out var key) ? key : WalletRefusals.Of(result, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content.Value);
        }
    }

    // The old file goes only when the new one was read back from the disk and holds the same key; a crash leaves both.
    private Checked<PrivateKey> Migrate(string name)
    {
        string path = PlainFileOf(name);
        Checked<PrivateKey> plain = ReadPlain(path);
        if (!plain.IsOk)
            return plain.Refusal;
        using PrivateKey key = plain.Value;
        if (!File.Exists(FileOf(name)))
        {
            var password = Passwords.ForSealing();
            if (!password.IsOk)
                return password.Refusal;
            using var secret = password.Value.Password;
            SecretFile.TryCreate(FileOf(name), KeystoreFile.Seal(key, secret.Span, password.Value.Derivation));
        }

        Checked<PrivateKey> moved = Open(FileOf(name));
        if (!moved.IsOk)
            return moved.Refusal;
        if (Address.FromKey(moved.Value) == Address.FromKey(key))
        {
            File.Delete(path);
            return moved;
        }

        moved.Value.Dispose();
        return ErrorCatalog.KeyFileMalformed.Refuse(
            $"The key files {path} and {FileOf(name)} hold different keys", "move the one that is not meant to another folder");
    }

    private CliRefusal? Create(string name)
    {
        if (Exists(name))
            return null;
        using var fresh = PrivateKey.Generate();
        CliRefusal? refusal = Add(name, fresh);
        return refusal?.Error == ErrorCatalog.WalletExists ? null : refusal;
    }

    private static Address? AddressIn(string path)
    {
        Checked<byte[]> content = SecretFile.Read(path, LongestFile);
        return content.IsOk ? KeystoreFile.AddressIn(content.Value) : null;
    }
}
