using System.CommandLine;
using Betar.Crypto;
using Betar.Ethereum.Keys;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Cli.Wallets;

/// <summary>
/// <c>betar wallet export</c>: writes an account's key into a keystore file under a password of its own. The key itself is never
/// printed: terminals and logs remember.
/// </summary>
internal static class WalletExportCommand
{
    private static readonly Argument<string> Name = WalletArguments.Name();

    private static readonly Argument<string> Target = new("file") { Description = "The new file; it must not be there yet", HelpName = "FILE" };

    private static readonly Option<string> PasswordFile = new("--password-file")
    {
        Description = "Holds the password that the new file gets; only its owner may read it", HelpName = "FILE", Required = true,
    };

    public static Command Create(CliHost host) =>
        CliCommand.Create("export", "Write an account's key into a keystore file", host, RunAsync, Name, Target, PasswordFile, Confirmation.Yes);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        string name = arguments.GetRequiredValue(Name), target = Path.GetFullPath(arguments.GetRequiredValue(Target));
        if (WalletArguments.Check(name) is { } bad)
            return bad;
        var wallets = WalletArguments.Of(context);
        if (!wallets.Exists(name))
            return WalletArguments.Unknown(context, name);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            return ErrorCatalog.BadOptionValue.Refuse($"There is no folder for {target}");
        var password = WalletPasswords.ReadFile(arguments.GetRequiredValue(PasswordFile));
        if (!password.IsOk)
            return password.Refusal;
        using var secret = password.Value;
        if (await Confirmation.AskAsync(context, arguments.GetValue(Confirmation.Yes), $"Writing the key of {name} to {target}", cancellation) is { } no)
            return no;

        var key = wallets.Load(name);
        return key.IsOk ? Write(context, name, key.Value, secret, target) : key.Refusal;
    }

    private static CliRefusal? Write(CommandContext context, string name, PrivateKey key, SecretBytes password, string target)
    {
        using (key)
        {
            if (!SecretFile.TryCreate(target, KeystoreFile.Seal(key, password.Span, KeyDerivation.Standard)))
                return ErrorCatalog.WalletExists.Refuse($"There is a file {target} already", "name another file");
            WalletPrinter.Print(context, name, Betar.Ethereum.Address.FromKey(key));
            return null;
        }
    }
}
