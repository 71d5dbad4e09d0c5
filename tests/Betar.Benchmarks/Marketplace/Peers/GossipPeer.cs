using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>Our GossipSub on a host of its own in a process of its own.</summary>
internal static class GossipPeer
{
    public const string Verb = "--gossip-peer";

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        await using var commands = new GossipCommands();
        return await LinePeer.RunAsync(commands.RunAsync, input, output);
    }
}
