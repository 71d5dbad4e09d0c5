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

    private readonly IReadOnlyList<Multiaddr> _listen;
    private readonly List<Multiaddr> _listening = [];

    private NodePeer(IdentityKey key, Libp2pHost host, IReadOnlyList<Multiaddr> listen) => (_key, Host, _listen) = (key, host, listen);

    public Libp2pHost Host { get; }

    /// <summary>The key that it is known by; ends with it.</summary>
    public IdentityKey Identity => _key;

    /// <summary>Where it listens, in the order in which that was wanted, with the ports that the system chose.</summary>
    public IReadOnlyList<Multiaddr> Listening => _listening;

    /// <param name="folder">Whose identity is shown; one is made when there is none.</param>
    /// <param name="listen">Where others may come in; empty for a peer that only calls.</param>
    /// <param name="peers">Where peers are remembered over restarts.</param>
    /// <param name="context">What the process shares.</param>
    /// <param name="serve">Says what is served.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Checked<NodePeer>> StartAsync(
        DataFolder folder, IReadOnlyList<Multiaddr> listen, IPeerTable peers, NodeContext context, Action<Libp2pHostBuilder> serve, CancellationToken cancellationToken)
    {
        Checked<NodePeer> peer = Open(folder, listen, peers, context, serve);
        if (!peer.IsOk || await peer.Value.ListenAsync(cancellationToken) is not { } refusal)
            return peer;
        await peer.Value.DisposeAsync();
        return refusal;
    }

    /// <summary>The same, not listening yet, so that more can be put onto the host before anybody comes.</summary>
    public static Checked<NodePeer> Open(
        DataFolder folder, IReadOnlyList<Multiaddr> listen, IPeerTable peers, NodeContext context, Action<Libp2pHostBuilder> serve)
    {
        Checked<IdentityKey> key = NodeIdentity.OpenKey(folder);
        if (!key.IsOk)
            return key.Refusal;
        Libp2pHostBuilder builder = Libp2pHost.CreateBuilder().WithIdentity(key.Value).WithTime(context.Time).WithLogging(context.Loggers)
            .WithPeerStore(new DatabasePeerStore(peers, new PeerStoreOptions(), context.Loggers.CreateLogger<DatabasePeerStore>()));
        serve(builder);
        return new NodePeer(key.Value, builder.Build(), listen);
    }

    /// <summary>Begins to listen; says why that cannot be, and then is of no further use.</summary>
    public async Task<CliRefusal?> ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Host.StartAsync(cancellationToken);
            foreach (Multiaddr address in _listen)
                _listening.Add(await Host.ListenAsync(address, cancellationToken));
            return null;
        }
        catch (Libp2pException fault)
        {
            return ErrorCatalog.PortTaken.Refuse($"The node cannot listen on {string.Join(", ", _listen)} ({fault.Message})") with { Cause = fault };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _key.Dispose();
    }
}
