using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Libp2p;

/// <summary>Our side of the bench in a process of its own.</summary>
internal static class OurPeer
{
    public const string Verb = "--libp2p-peer";

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        await using var commands = new OurCommands();
        return await LinePeer.RunAsync(commands.RunAsync, input, output);
    }
}
