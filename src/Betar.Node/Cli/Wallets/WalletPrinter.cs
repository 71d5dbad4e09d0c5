using System.Text.Json;
using Betar.Ethereum;

namespace Betar.Node.Cli.Wallets;

/// <summary>Prints one account, for people or for machines.</summary>
internal static class WalletPrinter
{
    public static void Print(CommandContext context, string name, Address address)
    {
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer => Write(writer, name, address));
        else
            context.Out.WriteLine($"{name,-16} {address}");
    }

    public static void Write(Utf8JsonWriter writer, string name, Address? address)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        if (address is { } known)
            writer.WriteString("address", known.ToString());
        else
            writer.WriteNull("address");
        writer.WriteEndObject();
    }
}
