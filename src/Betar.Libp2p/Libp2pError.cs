namespace Betar.Libp2p;

/// <summary>Why something with a peer failed; the numbers are stable.</summary>
public enum Libp2pError
{
    /// <summary>Bytes that no correct peer sends.</summary>
    Malformed = 1,

    /// <summary>A limit of ours was reached.</summary>
    LimitExceeded = 2,

    Timeout = 3,
    ConnectionClosed = 4,

    /// <summary>One of the sides broke the stream off.</summary>
    StreamReset = 5,

    /// <summary>The peer speaks none of the proposed protocols.</summary>
    UnknownProtocol = 6,

    /// <summary>Somebody else than the dialled peer answered.</summary>
    WrongPeer = 7,

    /// <summary>A signature, a tag or a certificate was refused.</summary>
    SecurityFailed = 8,

    /// <summary>No transport can dial the address, or the peer has no address.</summary>
    NotDialable = 9,

    /// <summary>The gate did not let the peer or the address through.</summary>
    Gated = 10,

    /// <summary>The other side refused, or could not be reached.</summary>
    Refused = 11,

    /// <summary>The host, the stream or the peer's session is closed.</summary>
    Closed = 12,

    /// <summary>A name in front of an address could not be looked up.</summary>
    NameNotResolved = 13,
}
