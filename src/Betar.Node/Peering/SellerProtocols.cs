using Betar.Libp2p;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Node.Peering;

/// <summary>What a seller serves to its peers beside the marketplace: paid tasks.</summary>
internal static class SellerProtocols
{
    /// <param name="host">Who serves.</param>
    /// <param name="server">Who answers.</param>
    /// <param name="over">Ends what is served; the host stops after it and not before.</param>
    public static void Serve(Libp2pHostBuilder host, X402StreamServer server, CancellationToken over) => host.Handle(StreamProtocol.Id, async (stream, _) =>
    {
        if (await server.ServeOneAsync(stream, stream.RemotePeer.ToString(), over) != ConnectionEnd.Closed)
            stream.Reset();
    });
}
