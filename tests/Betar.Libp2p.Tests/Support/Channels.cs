using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Pairs of connected ends in memory.</summary>
internal static class Channels
{
    public static (MemoryChannel Dialer, MemoryChannel Listener) Pair(
        TimeProvider? time = null, MemoryConditions? up = null, MemoryConditions? down = null, int seed = 1) =>
        MemoryChannel.CreatePair(
            Multiaddr.Parse("/memory/1"), Multiaddr.Parse("/memory/2"),
            up ?? MemoryConditions.Perfect, down ?? up ?? MemoryConditions.Perfect, seed, time ?? TimeProvider.System);
}
