namespace Betar.Libp2p.Transports;

internal static class DuplexExtensions
{
    /// <summary>Fills the buffer; an end before that is a broken connection.</summary>
    public static async ValueTask ReadExactlyAsync(this IDuplex duplex, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            var count = await duplex.ReadAsync(buffer, cancellationToken);
            if (count == 0)
                throw new Libp2pException(Libp2pError.ConnectionClosed, "The other side ended in the middle of a message.");
            buffer = buffer[count..];
        }
    }
}
