using System.CommandLine;

namespace Betar.Node.Cli.Market;

internal static class MarketArguments
{
    public static Argument<string> Listing() => new("listing") { Description = "The agent's id: its DID, or the seller's peer id, a slash and the DID; or its name when no other is called so", HelpName = "LISTING" };
}
