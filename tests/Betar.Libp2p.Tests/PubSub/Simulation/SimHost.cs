using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>An honest host: the real router, with a clock and pipes that are not.</summary>
internal sealed class SimHost : SimPeer, IRouterEnvironment
{
    private static readonly TimeSpan CheckTime = TimeSpan.FromMilliseconds(0.2);
    private readonly Dictionary<SimPeer, RouterPeer> _peers = [];
    private readonly SequenceNumbers _sequences;
    private readonly TopicOptions _topic;
    private readonly GossipOptions _options = new();
    private TimeSpan _checking;

    public SimHost(SimNetwork network, int number, Action<GossipOptions>? configure, TopicOptions topic)
        : base(network, number)
    {
        configure?.Invoke(_options);
        Assert.Empty(_options.Validate());
        _topic = topic;
        _sequences = new SequenceNumbers(0, network.Clock);
        Router = new GossipRouter(Id, _options, this, network.Clock, network.Random.Next);
        network.After(_options.Mesh.Heartbeat * network.Random.NextDouble(), Beat);
    }

    public GossipRouter Router { get; }

    public Func<WireMessage, MessageVerdict> Verdict { get; set; } = _ => MessageVerdict.Accept;

    public int Received { get; private set; }

    /// <summary>Signatures that were checked.</summary>
    public int Checked { get; private set; }

    public bool Knows(SimPeer peer) => _peers.ContainsKey(peer);

    public SimHost Join()
    {
        Assert.True(Router.Join(SimNetwork.Topic, _topic));
        return this;
    }

    public MessageId Publish(int bytes = 200)
    {
        var data = new byte[bytes];
        Network.Random.NextBytes(data);
        var message = WireMessage.Sign(Identity, SimNetwork.Topic, _sequences.Next(), data);
        Network.Published(message.Id, Network.Hosts.Count - 1);
        Router.Publish(message);
        return message.Id;
    }

    public override void Linked(SimPeer other, bool outbound, IOutbox outbox) =>
        _peers[other] = Router.AddPeer(other.Id, GossipVersion.V12, outbound, other.Address, outbox);

    public override void Receive(SimPeer from, GossipRpc rpc)
    {
        if (_peers.TryGetValue(from, out var peer))
            Router.Receive(peer, rpc);
    }

    public void Disconnect(SimPeer other)
    {
        if (_peers.Remove(other, out var peer))
            Router.RemovePeer(peer);
    }

    public double ScoreOf(SimPeer peer) => Router.Scores.FirstOrDefault(score => score.Peer == peer.Id)?.Score ?? 0;

    /// <summary>One signature after the other, each for as long as one takes.</summary>
    public void Verify(PendingMessage message)
    {
        Checked++;
        _checking = (_checking > Network.Clock.Now ? _checking : Network.Clock.Now) + CheckTime;
        Network.After(_checking - Network.Clock.Now, () => Router.Verified(message, Network.Verify(message.Message)));
    }

    public void Judge(PendingMessage message) => Network.After(TimeSpan.Zero, () =>
    {
        Received++;
        var verdict = Verdict(message.Message);
        if (verdict == MessageVerdict.Accept)
            Network.Delivered(message.Message.Id);
        Router.Judged(message, verdict);
    });

    public void PeerChanged(string topic, PeerId peer, bool joined)
    {
    }

    public ReadOnlyMemory<byte> RecordFor(PeerId about, PeerId listener) => default;

    public void Recommended(PeerId speaker, IReadOnlyList<OfferedPeer> offered) => Assert.Fail("No host of the simulation exchanges peers.");

    public void Connect(PeerId peer) => Network.Connect(this, Network.Hosts.Single(host => host.Id == peer));

    private void Beat()
    {
        Router.Heartbeat();
        Network.After(_options.Mesh.Heartbeat, Beat);
    }
}
