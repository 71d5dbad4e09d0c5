namespace Betar.Libp2p.Multiformats;

/// <summary>The parts of addresses that this library understands.</summary>
public enum MultiaddrCode
{
    Ip4 = 4,
    Tcp = 6,
    Ip6 = 41,
    Ip6Zone = 42,
    Dns = 53,
    Dns4 = 54,
    Dns6 = 55,
    DnsAddr = 56,
    Udp = 273,
    WebRtcDirect = 280,
    P2pCircuit = 290,
    Unix = 400,
    P2p = 421,
    Tls = 448,
    Sni = 449,
    Quic = 460,
    QuicV1 = 461,
    WebTransport = 465,
    CertHash = 466,
    Ws = 477,
    Wss = 478,
    Memory = 777,
}
