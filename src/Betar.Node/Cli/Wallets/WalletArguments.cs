using System.CommandLine;
using Betar.Ethereum;
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

    public static WalletFolder Of(CommandContext context) => new(context.Data, context.Environment, context.AskSecret);

    /// <summary>An address as it is, or that of one of the folder's wallets.</summary>
    public static Checked<Address> AddressOf(CommandContext context, string nameOrAddress)
    {
        if (Address.TryParse(nameOrAddress, out var address))
            return address;
        if (nameOrAddress.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ErrorCatalog.BadAddress.Refuse("The address is not 0x and 40 hexadecimal digits with a right checksum");
        if (Check(nameOrAddress) is { } bad)
            return bad;
        return Of(context).List().FirstOrDefault(wallet => wallet.Name == nameOrAddress)?.Address is { } known ? known : Unknown(context, nameOrAddress);
    }
}
