namespace Betar.X402.Framing;

/// <summary>How reading a frame ended.</summary>
public enum FrameReadStatus
{
    /// <summary>A frame is there.</summary>
    Complete,

    /// <summary>The peer closed between two frames.</summary>
    Closed,

    /// <summary>The peer closed, or the connection broke, inside a frame.</summary>
    Truncated,

    /// <summary>A type length outside 1..128, or a type that is not UTF-8.</summary>
    Malformed,

    /// <summary>The announced data is longer than the limit.</summary>
    TooLarge,

    /// <summary>No frame began within the idle time.</summary>
    Idle,

    /// <summary>The header or the data took longer than its time.</summary>
    TooSlow,
}
