using Betar.Ethereum;

namespace Betar.Node.Cli.Paying;

/// <summary>Whom somebody's money goes to, as it was when something was first paid for there.</summary>
/// <param name="Seller">A server's origin, or the seller's peer id, a slash and the agent's id.</param>
/// <param name="Name">The agent's name; empty for a server.</param>
/// <param name="Where">Where the seller was met.</param>
internal sealed record KnownPayee(string Seller, string Name, string Where, Address PayTo)
{
    /// <summary>Whether somebody means this agent by its name, its id, or its seller and id.</summary>
    public bool IsCalled(string agent) =>
        Seller == agent || (Name.Length > 0 && Name == agent) || (Name.Length > 0 && Seller.EndsWith("/" + agent, StringComparison.Ordinal));
}
