using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>A node of the marketplace in a process of its own.</summary>
internal static class MarketPeer
{
    public const string Verb = "--market-peer";

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        await using var commands = new MarketCommands();
        return await LinePeer.RunAsync(commands.RunAsync, input, output);
    }
}
