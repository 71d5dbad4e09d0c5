using System.CommandLine;
using System.Security.Cryptography;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet import</c>: takes a key over from another wallet's file; that file stays as it is.</summary>
internal static class WalletImportCommand
{
    private const int LongestFile = 16 * 1024;

    private static readonly Argument<string> Name = WalletArguments.Name();

    private static readonly Argument<string> Source = new("file")
    {
        Description = "A keystore file of version 3, or the original's wallet.key, plain or encrypted", HelpName = "FILE",
    };

    private static readonly Option<string?> PasswordFile = new("--password-file")
    {
        Description = "Holds the password of FILE; only its owner may read it", HelpName = "FILE",
    };

    public static Command Create(CliHost host) => CliCommand.Create("import", "Take a key over from a file", host, RunAsync, Name, Source, PasswordFile);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation) =>
        Task.FromResult(Run(context, arguments.GetRequiredValue(Name), arguments.GetRequiredValue(Source), arguments.GetValue(PasswordFile)));

    private static CliRefusal? Run(CommandContext context, string name, string source, string? passwordFile)
    {
        if (WalletArguments.Check(name) is { } bad)
            return bad;
        var content = SecretFile.Read(source, LongestFile);
        if (!content.IsOk)
            return content.Refusal;
        try
        {
            var key = Open(context, content.Value, source, passwordFile);
            if (!key.IsOk)
                return key.Refusal;
            using (key.Value)
            {
                var refusal = WalletArguments.Of(context).Add(name, key.Value);
                if (refusal is null)
                    WalletPrinter.Print(context, name, Address.FromKey(key.Value));
                return refusal;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content.Value);
        }
    }

    private static Checked<PrivateKey> Open(CommandContext context, byte[] content, string source, string? passwordFile)
    {
        var isKeystore = content.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8);
        if (!isKeystore && !BetarWalletFile.IsSealed(content))
            return Result(BetarWalletFile.Read(content), source);
        var password = passwordFile is not null ? WalletPasswords.ReadFile(passwordFile)
            : context.AskSecret?.Invoke($"Password of {source}") is { } typed ? typed
            : ErrorCatalog.WalletPasswordMissing.Refuse($"The key file {source} is encrypted", "name the file of its password with --password-file");
        if (!password.IsOk)
            return password.Refusal;
        using var secret = password.Value;
        return Result(isKeystore ? KeystoreFile.Open(content, secret.Span) : BetarWalletFile.ReadSealed(content, secret.Span), source);
    }

    private static Checked<PrivateKey> Result(KeystoreResult result, string source) =>
        result.TryGetKey(out var key) ? key : WalletRefusals.Of(result, source);
}
