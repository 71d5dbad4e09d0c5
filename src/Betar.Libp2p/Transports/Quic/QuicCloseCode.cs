namespace Betar.Libp2p.Transports.Quic;

/// <summary>Why a connection was closed; the numbers are those that libp2p sends over QUIC.</summary>
internal enum QuicCloseCode
{
    None = 0,
    LimitExceeded = 0x1001,
    ProtocolViolation = 0x1003,
    Shutdown = 0x1006,
    Gated = 0x1007,
}
