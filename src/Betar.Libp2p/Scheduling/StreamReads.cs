namespace Betar.Libp2p.Scheduling;

public static class StreamReads
{
    /// <summary>Reads until the buffer is full or the stream ends. The framework's own methods for this leave the scheduler behind.</summary>
    public static async ValueTask<int> ReadFullyAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var total = 0;
        while (total < buffer.Length && await stream.ReadAsync(buffer[total..], cancellationToken) is > 0 and var read)
            total += read;
        return total;
    }
}
