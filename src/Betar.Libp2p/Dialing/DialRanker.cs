using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Dialing;

/// <summary>
/// The order in which addresses are tried (RFC 8305, "happy eyeballs"): those of our own network first, since they are fast or fail fast;
/// QUIC before TCP before WebSocket; IPv6 and IPv4 in turns, so that a family that leads nowhere costs one delay.
/// </summary>
internal static class DialRanker
{
    public static IReadOnlyList<RankedAddress> Rank(IEnumerable<Multiaddr> addresses, DialOptions options)
    {
        var groups = addresses.Distinct().GroupBy(address => (IsPublic: AddressScope.IsPublic(address), Transport: Transport(address)))
            .OrderBy(group => group.Key.IsPublic).ThenBy(group => group.Key.Transport);
        var ranked = new List<RankedAddress>();
        foreach (var group in groups)
        {
            foreach (var address in InTurns(group))
            {
                var delay = ranked.Count == 0 ? TimeSpan.Zero : group.Key.IsPublic ? options.PublicDelay : options.PrivateDelay;
                ranked.Add(new RankedAddress(address, delay));
            }
        }

        return ranked;
    }

    private static int Transport(Multiaddr address) =>
        address.Has(MultiaddrCode.QuicV1) ? 0 : address.Has(MultiaddrCode.Ws) || address.Has(MultiaddrCode.Wss) ? 2 : 1;

    private static IEnumerable<Multiaddr> InTurns(IEnumerable<Multiaddr> addresses)
    {
        var families = addresses.ToLookup(AddressScope.IsIPv6);
        Multiaddr[] six = [.. families[true]];
        Multiaddr[] others = [.. families[false]];
        for (var i = 0; i < Math.Max(six.Length, others.Length); i++)
        {
            if (i < six.Length)
                yield return six[i];
            if (i < others.Length)
                yield return others[i];
        }
    }
}
