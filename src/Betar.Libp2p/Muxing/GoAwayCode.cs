namespace Betar.Libp2p.Muxing;

/// <summary>Why a side ends its session; the numbers are those of the wire.</summary>
internal enum GoAwayCode : uint
{
    Normal = 0,
    ProtocolError = 1,
    InternalError = 2,
}
