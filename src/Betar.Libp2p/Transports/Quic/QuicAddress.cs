using System.Net;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Quic;

/// <summary><c>/ip4/…/udp/…/quic-v1</c> and <c>/ip6/…/udp/…/quic-v1</c>.</summary>
internal static class QuicAddress
{
    private static readonly Multiaddr Suffix = Multiaddr.Parse("/quic-v1");

    public static bool TryRead(Multiaddr address, out IPEndPoint endPoint)
    {
        endPoint = null!;
        if (address.WithoutPeer().Parts is not [_, { Code: MultiaddrCode.Udp }, { Code: MultiaddrCode.QuicV1 }] || !address.TryGetIpEndPoint(out var found))
            return false;
        endPoint = found;
        return true;
    }

    public static IPEndPoint Read(Multiaddr address) =>
        TryRead(address, out var endPoint) ? endPoint : throw new Libp2pException(Libp2pError.NotDialable, $"{address} is no address of QUIC.");

    public static Multiaddr Of(IPEndPoint endPoint) => Multiaddr.FromEndPoint(endPoint, MultiaddrCode.Udp).Append(Suffix);
}
