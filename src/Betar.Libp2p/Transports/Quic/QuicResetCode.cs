namespace Betar.Libp2p.Transports.Quic;

/// <summary>Why a stream was broken off; the numbers are those that libp2p sends over QUIC.</summary>
internal enum QuicResetCode
{
    None = 0,
    LimitExceeded = 0x1002,
    RateLimited = 0x1003,
    GarbageCollected = 0x1006,
}
