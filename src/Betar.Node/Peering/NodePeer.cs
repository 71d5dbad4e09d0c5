using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Storage.Peers;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Peering;

/// <summary>The node's one presence on the network: a host that is known by the folder's key.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private readonly IdentityKey _key;

    private NodePeer(IdentityKey key, Libp2pHost host) => (_key, Host) = (key, host);

    public Libp2pHost Host { get; }

    /// <param name="folder">Whose identity is shown; one is made when there is none.</param>
    /// <param name="listen">Where others may come in; empty for a peer that only calls.</param>
    /// <param name="peers">Where peers are remembered over restarts.</param>
    /// <param name="context">What the process shares.</param>
    /// <param name="serve">Says what is served.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Checked<NodePeer>> StartAsync(
        DataFolder folder, IReadOnlyList<Multiaddr> listen, IPeerTable peers, NodeContext context, Action<Libp2pHostBuilder> serve, CancellationToken cancellationToken)
    {
        Checked<IdentityKey> key = NodeIdentity.OpenKey(folder);
        if (!key.IsOk)
            return key.Refusal;
        Libp2pHostBuilder builder = Libp2pHost.CreateBuilder().WithIdentity(key.Value).WithTime(context.Time).WithLogging(context.Loggers)
            .WithPeerStore(new DatabasePeerStore(peers, new PeerStoreOptions(), context.Loggers.CreateLogger<DatabasePeerStore>()));
        foreach (Multiaddr address in listen)
            builder.Listen(address);
        serve(builder);
        var peer = new NodePeer(key.Value, builder.Build());
        try
        {
            await peer.Host.StartAsync(cancellationToken);
            return peer;
        }
        catch (Exception fault)
        {
            await peer.DisposeAsync();
            if (fault is not Libp2pException)
                throw;
            return ErrorCatalog.PortTaken.Refuse($"The node cannot listen on {string.Join(", ", listen)} ({fault.Message})") with { Cause = fault };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _key.Dispose();
    }
}
