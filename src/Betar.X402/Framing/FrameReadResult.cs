namespace Betar.X402.Framing;

/// <summary>A frame, or why there is none.</summary>
public readonly record struct FrameReadResult(FrameReadStatus Status, Frame? Frame)
{
    internal static FrameReadResult Failed(FrameReadStatus status) => new(status, null);
}
