namespace Betar.Blocks.Exchange;

/// <summary>The protocol's versions, newest first.</summary>
internal static class BitswapProtocol
{
    public const string V12 = "/ipfs/bitswap/1.2.0";
    public const string V11 = "/ipfs/bitswap/1.1.0";
    public const string V10 = "/ipfs/bitswap/1.0.0";
    public const string Bare = "/ipfs/bitswap";

    public static IReadOnlyList<string> All { get; } = [V12, V11, V10, Bare];

    /// <summary>Knows who has what before blocks are sent.</summary>
    public static bool HasPresences(string protocol) => protocol == V12;

    /// <summary>Blocks say how they are named; before that, every block was a dag-pb node with a name of version 0.</summary>
    public static bool HasPrefixes(string protocol) => protocol is V12 or V11;
}
