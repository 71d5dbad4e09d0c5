using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Replication.Syncing;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>One host of a <see cref="SimNetwork"/>: its part in the topic, the blocks that it serves, and the bulk protocol if it speaks it.</summary>
internal sealed class SimHost(SimNetwork network, PeerId id) : IPubSub, IBlockSource, IBlockAnnouncer, IReplicaExchange
{
    private SimTopic? _topic;

    public PeerId Id => id;

    /// <summary>What it answers when it is asked for a block.</summary>
    public Func<Cid, ValueTask<ReadOnlyMemory<byte>?>> Serve { get; set; } = _ => new((ReadOnlyMemory<byte>?)null);

    /// <summary>Null: it does not speak the bulk protocol.</summary>
    public Func<ReadOnlyMemory<byte>, ValueTask<ReadOnlyMemory<byte>>>? AnswerSync { get; set; }

    /// <summary>Takes requests and never answers.</summary>
    public bool IsSilent { get; set; }

    public int Fetches { get; private set; }

    public int MostFetchesAtOnce { get; private set; }

    public int Pages { get; private set; }

    public List<MessageVerdict> Verdicts { get; } = [];

    public int Told { get; set; }

    /// <summary>What it told others that it has now.</summary>
    public List<Cid> Announced { get; } = [];

    public Func<Cid, Task> OnAnnounced { get; set; } = _ => Task.CompletedTask;

    private int InFlight { get; set; }

    public ITopic Join(string name, MessageHandler handler, TopicOptions? options = null)
    {
        var topic = _topic = new SimTopic(this, network, name, handler, options?.MaxMessageBytes ?? int.MaxValue);
        foreach (var neighbour in network.NeighboursOf(id).Where(neighbour => neighbour.TakesPartIn(name)))
        {
            neighbour.Saw(this, true);
            topic.Saw(neighbour.Id, true);
        }

        return topic;
    }

    /// <summary>Takes part with nothing but a pair of ears.</summary>
    public void Listen(string name, Action<PeerId, byte[]> hear) => Join(name, (message, _) =>
    {
        hear(message.Author, message.Data.ToArray());
        return new(MessageVerdict.Accept);
    });

    public void Publish(string topic, byte[] data) => network.Publish(this, topic, data);

    public bool TakesPartIn(string name) => _topic?.Name == name;

    public void Saw(SimHost other, bool connected)
    {
        if (_topic is not null && other.TakesPartIn(_topic.Name))
            _topic.Saw(other.Id, connected);
    }

    public async Task HearAsync(PubSubMessage message)
    {
        if (_topic is { } topic)
            Verdicts.Add(message.Data.Length > topic.MaxBytes ? MessageVerdict.Reject : await topic.Handler(message, default));
    }

    public async Task AnnounceAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken)
    {
        Announced.AddRange(cids);
        foreach (var cid in cids)
            await OnAnnounced(cid);
    }

    public void Leave()
    {
        foreach (var neighbour in network.NeighboursOf(id))
            neighbour.Saw(this, false);
        _topic = null;
    }

    public async ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken)
    {
        Fetches++;
        MostFetchesAtOnce = Math.Max(MostFetchesAtOnce, ++InFlight);
        try
        {
            await network.TravelAsync(cancellationToken);
            ReadOnlyMemory<byte>? found = null;
            var silent = false;
            foreach (var peer in likely.Where(peer => network.AreConnected(id, peer)).Concat(network.NeighboursOf(id).Select(host => host.Id)).Distinct())
            {
                var host = network.Find(peer)!;
                silent |= host.IsSilent;
                found ??= host.IsSilent ? null : await host.Serve(cid);
            }

            if (found is null && silent)
                await Task.Delay(Timeout.InfiniteTimeSpan, network.Run.Time, cancellationToken);
            await network.TravelAsync(cancellationToken);
            return found is { } data && NodeId.TryFrom(cid, out var wanted) && NodeId.Of(data.Span) == wanted ? new Block(cid, data) : null;
        }
        finally
        {
            InFlight--;
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> AskAsync(PeerId peer, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await network.TravelAsync(cancellationToken);
        if (!network.AreConnected(id, peer) || network.Find(peer) is not { AnswerSync: { } answer })
            return null;
        Pages++;
        var page = await answer(request);
        await network.TravelAsync(cancellationToken);
        return page.Length == 0 ? null : page;
    }

    private sealed class SimTopic(SimHost host, SimNetwork network, string name, MessageHandler handler, int maxBytes) : ITopic
    {
        private readonly List<PeerId> _peers = [];

        public event EventHandler<TopicPeerEventArgs>? PeerChanged;

        public string Name => name;

        public MessageHandler Handler => handler;

        public int MaxBytes => maxBytes;

        public IReadOnlyList<PeerId> Peers => [.. _peers];

        public void Saw(PeerId peer, bool joined)
        {
            if (joined == _peers.Contains(peer))
                return;
            if (joined)
                _peers.Add(peer);
            else
                _peers.Remove(peer);
            PeerChanged?.Invoke(this, new TopicPeerEventArgs(peer, joined));
        }

        public ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
        {
            host.Told++;
            return new(network.Publish(host, name, data.ToArray()));
        }

        public ValueTask DisposeAsync()
        {
            host.Leave();
            return default;
        }
    }
}
