using System.Collections.Frozen;
using static Betar.Libp2p.Multiformats.MultiaddrValueKind;

namespace Betar.Libp2p.Multiformats;

/// <summary>One row of the table of address parts.</summary>
internal sealed record MultiaddrProtocol(MultiaddrCode Code, string Name, MultiaddrValueKind Kind)
{
    private static readonly MultiaddrProtocol[] All =
    [
        new(MultiaddrCode.Ip4, "ip4", Ip4),
        new(MultiaddrCode.Tcp, "tcp", Port),
        new(MultiaddrCode.Ip6, "ip6", Ip6),
        new(MultiaddrCode.Ip6Zone, "ip6zone", Text),
        new(MultiaddrCode.Dns, "dns", Text),
        new(MultiaddrCode.Dns4, "dns4", Text),
        new(MultiaddrCode.Dns6, "dns6", Text),
        new(MultiaddrCode.DnsAddr, "dnsaddr", Text),
        new(MultiaddrCode.Udp, "udp", Port),
        new(MultiaddrCode.WebRtcDirect, "webrtc-direct", None),
        new(MultiaddrCode.P2pCircuit, "p2p-circuit", None),
        new(MultiaddrCode.Unix, "unix", MultiaddrValueKind.Path),
        new(MultiaddrCode.P2p, "p2p", Peer),
        new(MultiaddrCode.Tls, "tls", None),
        new(MultiaddrCode.Sni, "sni", Text),
        new(MultiaddrCode.Quic, "quic", None),
        new(MultiaddrCode.QuicV1, "quic-v1", None),
        new(MultiaddrCode.WebTransport, "webtransport", None),
        new(MultiaddrCode.CertHash, "certhash", Hash),
        new(MultiaddrCode.Ws, "ws", None),
        new(MultiaddrCode.Wss, "wss", None),
        new(MultiaddrCode.Memory, "memory", Number),
    ];

    private static readonly FrozenDictionary<int, MultiaddrProtocol> ByCode = All.ToFrozenDictionary(protocol => (int)protocol.Code);

    private static readonly FrozenDictionary<string, MultiaddrProtocol> ByName =
        All.Append(new MultiaddrProtocol(MultiaddrCode.P2p, "ipfs", Peer)).ToFrozenDictionary(protocol => protocol.Name, StringComparer.Ordinal);

    /// <summary>Bytes of the value, or -1 when the value brings its length.</summary>
    public int Size => Kind switch
    {
        None => 0,
        Port => 2,
        Ip4 => 4,
        Number => 8,
        Ip6 => 16,
        _ => -1,
    };

    public static MultiaddrProtocol? Find(ulong code) => code <= int.MaxValue ? ByCode.GetValueOrDefault((int)code) : null;

    /// <summary>The old name <c>ipfs</c> is taken for <c>p2p</c>.</summary>
    public static MultiaddrProtocol? Find(string name) => ByName.GetValueOrDefault(name);
}
