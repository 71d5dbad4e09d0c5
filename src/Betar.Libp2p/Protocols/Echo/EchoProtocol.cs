using System.Buffers;

namespace Betar.Libp2p.Protocols.Echo;

/// <summary>Sends everything back until the other side closes its direction.</summary>
internal static class EchoProtocol
{
    public const string Id = "/echo/1.0.0";

    /// <summary>Small, since every stream whose peer does not read holds one.</summary>
    private const int BufferSize = 4 * 1024;

    public static async Task AnswerAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            await stream.CloseWriteAsync(cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
