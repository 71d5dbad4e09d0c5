namespace Betar.Node.Cli.Market;

/// <summary>What a running node is asked about the marketplace, by the names of the control socket.</summary>
internal static class MarketCalls
{
    public const string Search = "market.search";
    public const string Show = "market.show";
    public const string Why = "market.why";
    public const string Verify = "market.verify";
    public const string Progress = "market.progress";
    public const string Changes = "market.changes";
}
