using System.Buffers;
using System.Buffers.Binary;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols.Perf;

/// <summary>
/// The perf protocol: the dialer says in eight bytes how much it wants back, sends as much as it likes and closes its direction; then it gets that much.
/// </summary>
internal static class PerfProtocol
{
    public const string Id = "/perf/1.0.0";
    public const string DownloadLimit = "perf.download_bytes";
    private const int HeaderSize = sizeof(ulong);
    private const int BufferSize = 256 * 1024;

    public static async Task AnswerAsync(Libp2pStream stream, PerfOptions options, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            if (await stream.ReadFullyAsync(buffer.AsMemory(0, HeaderSize), cancellationToken) < HeaderSize)
                throw new Libp2pException(Libp2pError.Malformed, "A perf request ended before its length.");
            var wanted = BinaryPrimitives.ReadUInt64BigEndian(buffer);
            if (wanted > (ulong)options.MaxDownloadBytes)
                throw Libp2pException.Exceeded(DownloadLimit, "A perf request asks for too much.");
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Only the time that it takes is of interest.
            }

            await SendAsync(stream, buffer, (long)wanted, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends and receives so many bytes; false when the answer had another length.</summary>
    public static async Task<bool> MeasureAsync(Libp2pStream stream, long upload, long download, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            BinaryPrimitives.WriteInt64BigEndian(buffer, download);
            await stream.WriteAsync(buffer.AsMemory(0, HeaderSize), cancellationToken);
            await SendAsync(stream, buffer, upload, cancellationToken);
            long received = 0;
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                received += read;
            return received == download;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task SendAsync(Libp2pStream stream, byte[] buffer, long count, CancellationToken cancellationToken)
    {
        // Not what somebody else left in the pool.
        buffer.AsSpan().Clear();
        for (; count > 0; count -= buffer.Length)
            await stream.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken);
        await stream.CloseWriteAsync(cancellationToken);
    }
}
