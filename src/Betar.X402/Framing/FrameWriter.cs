namespace Betar.X402.Framing;

/// <summary>Writes a frame in one piece.</summary>
public static class FrameWriter
{
    /// <summary>False when the peer is gone or does not read; the connection is then of no use.</summary>
    public static async ValueTask<bool> TryWriteAsync(
        Stream stream, string type, ReadOnlyMemory<byte> data, FrameLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(limits.WriteTimeout, time, cancellationToken);
        try
        {
            await stream.WriteAsync(FrameCodec.Encode(type, data.Span), deadline.Token);
            await stream.FlushAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
