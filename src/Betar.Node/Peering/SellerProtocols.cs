using Betar.Libp2p;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Node.Peering;

/// <summary>What a seller serves to its peers beside the marketplace: paid tasks.</summary>
internal static class SellerProtocols
{
    public static void Serve(Libp2pHostBuilder host, X402StreamServer server) => host.Handle(StreamProtocol.Id, async (stream, stopping) =>
    {
        if (await server.ServeOneAsync(stream, stream.RemotePeer.ToString(), stopping) != ConnectionEnd.Closed)
            stream.Reset();
    });
}
