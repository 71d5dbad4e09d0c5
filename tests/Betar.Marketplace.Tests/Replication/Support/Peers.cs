using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Peer ids that are always the same.</summary>
internal static class Peers
{
    private static readonly Dictionary<int, PeerId> Made = [];

    public static PeerId Id(int number)
    {
        lock (Made)
        {
            if (Made.TryGetValue(number, out var known))
                return known;
            var seed = new byte[32];
            BitConverter.TryWriteBytes(seed, number);
            using var key = IdentityKey.FromEd25519Seed(seed);
            return Made[number] = key.PeerId;
        }
    }
}
