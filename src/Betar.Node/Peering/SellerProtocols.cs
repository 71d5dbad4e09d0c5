using Betar.Libp2p;
using Betar.Node.Selling;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Node.Peering;

/// <summary>What a seller serves to its peers: paid tasks, and the list of what it sells.</summary>
internal static class SellerProtocols
{
    public static void Serve(Libp2pHostBuilder host, X402StreamServer server, Func<IReadOnlyCollection<Listing>> listings, TimeProvider time)
    {
        host.Handle(StreamProtocol.Id, async (stream, stopping) =>
        {
            if (await server.ServeOneAsync(stream, stream.RemotePeer.ToString(), stopping) != ConnectionEnd.Closed)
                stream.Reset();
        });
        host.Handle(InfoProtocol.StreamId, (stream, stopping) => InfoProtocol.AnswerAsync(stream, listings(), time, stopping));
    }
}
