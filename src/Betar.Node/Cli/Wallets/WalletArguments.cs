using System.CommandLine;
using Betar.Node.Errors;
using WalletFolder = Betar.Node.Folder.Wallets;

namespace Betar.Node.Cli.Wallets;

/// <summary>What the wallet commands take alike.</summary>
internal static class WalletArguments
{
    public static Argument<string> Name() => new("name") { Description = "The wallet's name: letters, digits and dashes", HelpName = "NAME" };

    public static CliRefusal? Check(string name) => WalletFolder.IsName(name)
        ? null
        : ErrorCatalog.BadOptionValue.Refuse("The wallet's name is not 1 to 64 letters, digits and dashes");

    public static CliRefusal Unknown(CommandContext context, string name) =>
        ErrorCatalog.WalletUnknown.Refuse($"There is no wallet {name} in {context.Data.Keystore}");

    public static WalletFolder Of(CommandContext context) => new(context.Data, context.Environment);
}
