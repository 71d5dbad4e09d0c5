using Betar.Libp2p;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Marketplace;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Folder;
using Betar.Node.Peering.Market;

namespace Betar.Node.Peering;

/// <summary>
/// The node among others: what runs on its host beside the paid tasks. Everything is put onto the host before it listens, so that the first peer
/// meets a whole node; then what it sells is published, and peers are looked for last. It stops in the other order; the host is its owner's.
/// </summary>
internal sealed class NodeNetwork : IAsyncDisposable
{
    private readonly NodeParts _parts = new();
    private readonly JoinedTopics _topics;
    private readonly FoundPeers _found;

    private NodeNetwork(Libp2pHost host, NetworkOptions options, TimeProvider time)
    {
        (Host, Time) = (host, time);
        Gossip = _parts.Own(new GossipSub(host, Gossiping(options)));
        PeerDiscovery discovery = PeerDiscovery.Create(host, Ways(options, Gossip.RecommendedPeers));
        Discovery = discovery;
        _topics = new JoinedTopics(Gossip);
        _found = _parts.Own(new FoundPeers(host, discovery));
    }

    public Libp2pHost Host { get; }

    public GossipSub Gossip { get; }

    public IPeerDiscovery Discovery { get; }

    public NodeMarket Market { get; private set; } = null!;

    public TimeProvider Time { get; }

    /// <summary>What this node takes part in.</summary>
    public IReadOnlyList<ITopic> Topics => _topics.All;

    /// <summary>What the control socket answers about all of it.</summary>
    public Dictionary<string, ControlHandler> Handlers => new(new NetworkControl(this).Handlers.Concat(Market.Handlers), StringComparer.Ordinal);

    /// <summary>Puts it onto a host that does not listen yet.</summary>
    public static async Task<NodeNetwork> CreateAsync(DataFolder folder, NodePeer peer, NetworkOptions options, NodeContext context, CancellationToken cancellationToken)
    {
        var network = new NodeNetwork(peer.Host, options, context.Time);
        try
        {
            network.Market = network._parts.Own(await NodeMarket.OpenAsync(folder, peer.Identity, peer.Host, network._topics, network.ScoreOf, options.Answers, context, cancellationToken));
            network._parts.Own(network.Discovery);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Empty for a peer that came by itself.</summary>
    public string FoundBy(PeerId peer) => _found.Source(peer);

    /// <summary>Publishes what the node sells and begins to look for others; the host listens by now.</summary>
    public async Task StartAsync(Func<IMarketplace, Task> publish, CancellationToken cancellationToken)
    {
        await Market.StartAsync(cancellationToken);
        await publish(Market.Market);
        Discovery.Start();
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    internal static GossipOptions Gossiping(NetworkOptions options) => new() { PeerExchange = options.Recommended };

    /// <param name="options">What the operator said.</param>
    /// <param name="recommended">Whom gossip recommends.</param>
    internal static DiscoverySettings Ways(NetworkOptions options, IPeerSource recommended) => new()
    {
        Bootstrap = options.Bootstrap,
        Mdns = options.Mdns,
        MdnsService = options.MdnsService,
        MdnsLoopbackOnly = options.LoopbackOnly,
        Exchange = options.Exchange,
        Remembered = options.Remembered,
        Sources = options.Recommended ? [recommended] : [],
    };

    private double? ScoreOf(PeerId peer) => Gossip.Scores.FirstOrDefault(score => score.Peer == peer)?.Score;
}
