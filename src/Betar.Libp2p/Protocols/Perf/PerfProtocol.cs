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

    /// <summary>What is sent. All streams have the same, so that many of them cost no more than one.</summary>
    private static readonly byte[] Sent = new byte[BufferSize];

    /// <summary>Where all streams put what they receive, since nobody looks at it.</summary>
    private static readonly byte[] Received = new byte[BufferSize];

    public static async Task AnswerAsync(Libp2pStream stream, PerfOptions options, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderSize];
        if (await stream.ReadFullyAsync(header, cancellationToken) < HeaderSize)
            throw new Libp2pException(Libp2pError.Malformed, "A perf request ended before its length.");
        var wanted = BinaryPrimitives.ReadUInt64BigEndian(header);
        if (wanted > (ulong)options.MaxDownloadBytes)
            throw Libp2pException.Exceeded(DownloadLimit, "A perf request asks for too much.");
        while (await stream.ReadAsync(Received, cancellationToken) > 0)
        {
            // Only the time that it takes is of interest.
        }

        await SendAsync(stream, (long)wanted, cancellationToken);
    }

    /// <summary>Sends and receives so many bytes; false when the answer had another length.</summary>
    public static async Task<bool> MeasureAsync(Libp2pStream stream, long upload, long download, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt64BigEndian(header, download);
        await stream.WriteAsync(header, cancellationToken);
        await SendAsync(stream, upload, cancellationToken);
        long received = 0;
        while (await stream.ReadAsync(Received, cancellationToken) is > 0 and var read)
            received += read;
        return received == download;
    }

    private static async Task SendAsync(Libp2pStream stream, long count, CancellationToken cancellationToken)
    {
        for (; count > 0; count -= Sent.Length)
            await stream.WriteAsync(Sent.AsMemory(0, (int)Math.Min(count, Sent.Length)), cancellationToken);
        await stream.CloseWriteAsync(cancellationToken);
    }
}
