using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Tests.PubSub.Simulation;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>One router by itself: the test is all of its peers, its clock and its chance.</summary>
internal sealed class RouterBench : IRouterEnvironment
{
    public const string Topic = "t";
    private readonly Random _random = new(1);
    private byte _lastPeer;
    private ulong _lastSequence;

    public RouterBench(Action<GossipOptions>? configure = null, Action<TopicOptions>? topic = null, bool join = true)
    {
        configure?.Invoke(Options);
        var bounds = new TopicOptions();
        topic?.Invoke(bounds);
        Router = new GossipRouter(Self.PeerId, Options, this, Clock, _random.Next);
        if (join)
            Assert.True(Router.Join(Topic, bounds));
    }

    public GossipOptions Options { get; } = new() { FloodPublish = false };

    public GossipRouter Router { get; }

    public SimClock Clock { get; } = new();

    public IdentityKey Self { get; } = Key(255);

    /// <summary>Signatures and verdicts are answered at once unless a test wants to answer them itself.</summary>
    public bool HoldsSignatures { get; set; }

    public bool HoldsVerdicts { get; set; }

    public MessageVerdict Verdict { get; set; }

    public Queue<PendingMessage> Signatures { get; } = [];

    public Queue<PendingMessage> Verdicts { get; } = [];

    public List<WireMessage> Delivered { get; } = [];

    public List<PeerId> Dialled { get; } = [];

    public List<(string Topic, PeerId Peer, bool Joined)> Changes { get; } = [];

    /// <summary>The records of peers that may be handed on.</summary>
    public Dictionary<PeerId, ReadOnlyMemory<byte>> Records { get; } = [];

    public List<(PeerId Speaker, IReadOnlyList<OfferedPeer> Offered)> Recommendations { get; } = [];

    public static IdentityKey Key(byte number) => IdentityKey.FromEd25519Seed([.. Enumerable.Repeat(number, 32)]);

    public Peer Add(bool subscribes = true, bool outbound = false, GossipVersion version = GossipVersion.V12, string? address = null)
    {
        var peer = new Peer(this, Key(++_lastPeer));
        peer.Link(version, outbound, address is null ? null : IPAddress.Parse(address));
        if (subscribes)
            peer.Say(rpc => rpc.Subscriptions.Add(new SubscriptionChange(true, Topic)));
        return peer;
    }

    public List<Peer> Add(int count, bool outbound = false, bool subscribes = true) => [.. Enumerable.Range(0, count).Select(_ => Add(subscribes, outbound))];

    public WireMessage Message(IdentityKey author, int bytes = 10, string topic = Topic) => WireMessage.Sign(author, topic, ++_lastSequence, new byte[bytes]);

    public WireMessage Publish(int bytes = 10, string topic = Topic)
    {
        var message = Message(Self, bytes, topic);
        Router.Publish(message);
        return message;
    }

    public void Pass(double seconds) => Clock.Now += TimeSpan.FromSeconds(seconds);

    public void Beat(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Pass(1);
            Router.Heartbeat();
        }
    }

    public double ScoreOf(Peer peer) => Router.Scores.SingleOrDefault(score => score.Peer == peer.Id)?.Score ?? 0;

    public PeerTopicScore TopicScoreOf(Peer peer) => Router.Scores.Single(score => score.Peer == peer.Id).Topics.Single();

    public long Hits(string limit) => Router.Meter.Limits.Count(limit);

    public long Rejected(string reason) => Router.Meter["reject_message: " + reason];

    public void Verify(PendingMessage message)
    {
        if (HoldsSignatures)
            Signatures.Enqueue(message);
        else
            Router.Verified(message, message.Message.Verify());
    }

    public void Judge(PendingMessage message)
    {
        Delivered.Add(message.Message);
        if (HoldsVerdicts)
            Verdicts.Enqueue(message);
        else
            Router.Judged(message, Verdict);
    }

    public void PeerChanged(string topic, PeerId peer, bool joined) => Changes.Add((topic, peer, joined));

    public ReadOnlyMemory<byte> RecordFor(PeerId about, PeerId listener) => Records.GetValueOrDefault(about);

    public void Recommended(PeerId speaker, IReadOnlyList<OfferedPeer> offered) => Recommendations.Add((speaker, offered));

    public void Connect(PeerId peer) => Dialled.Add(peer);

    /// <summary>A peer that is played by the test.</summary>
    internal sealed class Peer(RouterBench bench, IdentityKey identity) : IOutbox
    {
        public IdentityKey Identity => identity;

        public PeerId Id => identity.PeerId;

        public RouterPeer Linked { get; private set; } = null!;

        public bool IsFull { get; set; }

        public bool InMesh => bench.Router.MeshOf(Topic).Contains(Id);

        public List<(GossipRpc Rpc, bool Urgent)> Sent { get; } = [];

        public IEnumerable<WireMessage> Messages => Sent.SelectMany(sent => sent.Rpc.Messages);

        public IEnumerable<MessageId> Wanted => Sent.SelectMany(sent => sent.Rpc.Want);

        public IEnumerable<MessageId> ToldOf => Sent.SelectMany(sent => sent.Rpc.Have).SelectMany(have => have.Ids);

        public IEnumerable<Prune> Prunes => Sent.SelectMany(sent => sent.Rpc.Prune);

        public int Grafts => Sent.Sum(sent => sent.Rpc.Graft.Count);

        public void Link(GossipVersion version = GossipVersion.V12, bool outbound = false, IPAddress? address = null) =>
            Linked = bench.Router.AddPeer(Id, version, outbound, address, this);

        public void Leave() => bench.Router.RemovePeer(Linked);

        public void Say(Action<GossipRpc> fill)
        {
            var rpc = new GossipRpc();
            fill(rpc);
            bench.Router.Receive(Linked, rpc);
        }

        /// <summary>Sends what this peer, or somebody else, has written; read anew, as from a stream.</summary>
        public void Send(params IEnumerable<WireMessage> messages) => Say(rpc => rpc.Messages.AddRange(messages.Select(message =>
        {
            Assert.True(WireMessage.TryRead(message.Raw.ToArray(), 256, out var read));
            return read;
        })));

        public WireMessage Write(int bytes = 10, string topic = Topic) => bench.Message(identity, bytes, topic);

        public void Graft() => Say(rpc => rpc.Graft.Add(Topic));

        public void Prune(TimeSpan? backoff = null) => Say(rpc => rpc.Prune.Add(new Prune(Topic, backoff)));

        public bool TrySend(GossipRpc rpc, bool urgent)
        {
            if (IsFull)
                return false;
            Sent.Add((rpc, urgent));
            return true;
        }
    }
}
