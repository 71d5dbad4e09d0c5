namespace Betar.Libp2p.Events;

public enum HostEventKind
{
    /// <summary>A connection to the peer is ready; it may be one of several.</summary>
    Connected,

    /// <summary>The peer has said who it is.</summary>
    Identified,

    /// <summary>The peer serves other protocols than before.</summary>
    ProtocolsChanged,

    /// <summary>A connection has ended; others to the same peer may remain.</summary>
    Disconnected,
}
