using Betar.Libp2p;
using Betar.Libp2p.Protocols;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Node.Peering;

/// <summary>What a seller serves to its peers beside the marketplace: paid tasks.</summary>
internal static class SellerProtocols
{
    /// <summary>Streams with pieces of answers that one peer may have open: they last, and one of our nodes buys for many.</summary>
    public const int InPiecesPerPeer = 64;

    /// <param name="host">Who serves.</param>
    /// <param name="server">Who answers.</param>
    /// <param name="over">Ends what is served; the host stops after it and not before.</param>
    public static void Serve(Libp2pHostBuilder host, X402StreamServer server, CancellationToken over)
    {
        host.Handle(StreamProtocol.Id, (stream, _) => ServeAsync(stream, server.ServeOneAsync, over));
        host.Handle(StreamProtocol.PiecesId, (stream, _) => ServeAsync(stream, server.ServeOneInPiecesAsync, over), new ProtocolOptions { InboundPerPeer = InPiecesPerPeer });
    }

    private static async Task ServeAsync(Libp2pStream stream, Func<Stream, string, CancellationToken, Task<ConnectionEnd>> serve, CancellationToken over)
    {
        if (await serve(stream, stream.RemotePeer.ToString(), over) != ConnectionEnd.Closed)
            stream.Reset();
    }
}
