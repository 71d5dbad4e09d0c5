using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols;

/// <summary>One request, one response, each ended by the half-close of its direction.</summary>
internal static class RequestResponse
{
    public static async Task<byte[]> AskAsync(Libp2pStream stream, ReadOnlyMemory<byte> request, int maxBytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(request, cancellationToken);
        await stream.CloseWriteAsync(cancellationToken);
        return await ReadToEndAsync(stream, maxBytes, cancellationToken);
    }

    public static async Task AnswerAsync(
        Libp2pStream stream, RequestHandler handler, RequestOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.Timeout, time, cancellationToken);
        var request = await ReadToEndAsync(stream, options.MaxBytes, deadline.Token);
        await stream.WriteAsync(await handler(stream.RemotePeer, request, deadline.Token), deadline.Token);
        await stream.CloseWriteAsync(deadline.Token);
    }

    /// <summary>Memory grows with what really comes.</summary>
    private static async Task<byte[]> ReadToEndAsync(Libp2pStream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(4096, maxBytes + 1L)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > maxBytes)
                throw Libp2pException.Exceeded(LengthPrefixed.LengthLimit, "A message is longer than allowed.");
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(Math.Min(2L * buffer.Length, maxBytes + 1L), Array.MaxLength));
        }

        return buffer.AsSpan(0, length).ToArray();
    }
}
