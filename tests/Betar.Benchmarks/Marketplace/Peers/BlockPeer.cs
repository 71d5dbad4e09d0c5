using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>Our bitswap on a host of its own in a process of its own.</summary>
internal static class BlockPeer
{
    public const string Verb = "--block-peer";

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        await using var commands = new BlockCommands();
        return await LinePeer.RunAsync(commands.RunAsync, input, output);
    }
}
