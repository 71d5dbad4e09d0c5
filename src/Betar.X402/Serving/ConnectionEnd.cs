namespace Betar.X402.Serving;

/// <summary>Why a connection was served no longer.</summary>
public enum ConnectionEnd
{
    /// <summary>The peer closed between two frames.</summary>
    Closed,

    /// <summary>A broken or half frame.</summary>
    Malformed,

    /// <summary>A frame beyond the size limit.</summary>
    TooLarge,

    /// <summary>A frame that came too slowly.</summary>
    TooSlow,

    /// <summary>No frame for too long.</summary>
    Idle,

    /// <summary>The peer is gone, or did not take its answer in time.</summary>
    PeerNotReading,

    /// <summary>The limit of frames on one connection.</summary>
    TooManyFrames,
}
