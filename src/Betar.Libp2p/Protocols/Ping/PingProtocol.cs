using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols.Ping;

/// <summary>Sends back 32 bytes, again and again.</summary>
internal static class PingProtocol
{
    public const string Id = "/ipfs/ping/1.0.0";
    public const int Size = 32;

    public static async Task AnswerAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Size];
        while (true)
        {
            var read = await stream.ReadFullyAsync(buffer, cancellationToken);
            if (read == 0)
                return;
            if (read < Size)
                throw new Libp2pException(Libp2pError.Malformed, "A ping ended in its middle.");
            await stream.WriteAsync(buffer, cancellationToken);
        }
    }
}
