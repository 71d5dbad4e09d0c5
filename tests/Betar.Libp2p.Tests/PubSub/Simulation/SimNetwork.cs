using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>
/// Many hosts on one thread and one virtual clock. What is real: the router, the scores, the bytes of the frames, the signatures. What is not:
/// streams and connections; between two peers there is a delay and nothing else. One seed gives one run.
/// </summary>
internal sealed class SimNetwork(int seed)
{
    public const string Topic = "t";
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, bool> _verified = new(BytesComparer.Instance);
    private readonly Dictionary<MessageId, TimeSpan> _published = [];
    private readonly List<TimeSpan> _latencies = [];
    private long _order;
    private long _expected;

    public int Seed => seed;

    public Random Random { get; } = new(seed);

    public SimClock Clock { get; } = new();

    public List<SimHost> Hosts { get; } = [];

    public List<SimPipe> Pipes { get; } = [];

    public long Deliveries => _latencies.Count;

    public void After(TimeSpan delay, Action action) => _events.Enqueue(action, (Clock.Now + delay, _order++));

    public void Run(TimeSpan time)
    {
        var until = Clock.Now + time;
        while (_events.TryPeek(out var action, out var next) && next.At <= until)
        {
            _events.Dequeue();
            Clock.Now = next.At;
            action();
        }

        Clock.Now = until;
    }

    public SimHost AddHost(Action<GossipOptions>? configure = null, TopicOptions? topic = null)
    {
        var host = new SimHost(this, Hosts.Count, configure, topic ?? new TopicOptions());
        Hosts.Add(host);
        return host;
    }

    public List<SimHost> AddHosts(int count, Action<GossipOptions>? configure = null, TopicOptions? topic = null) =>
        [.. Enumerable.Range(0, count).Select(_ => AddHost(configure, topic))];

    /// <summary>The first dials the second; the way takes 5 to 50 ms.</summary>
    public void Connect(SimPeer dialer, SimPeer target)
    {
        var latency = TimeSpan.FromMilliseconds(5 + (45 * Random.NextDouble()));
        var (there, back) = (new SimPipe(dialer, target, latency), new SimPipe(target, dialer, latency));
        Pipes.AddRange([there, back]);
        dialer.Linked(target, outbound: true, there);
        target.Linked(dialer, outbound: false, back);
    }

    /// <summary>Each dials so many others by chance.</summary>
    public void ConnectAll(IReadOnlyList<SimHost> hosts, int dials)
    {
        foreach (var host in hosts)
        {
            foreach (var other in Some(hosts.Where(other => other != host && !host.Knows(other)), dials))
                Connect(host, other);
        }
    }

    public T[] Some<T>(IEnumerable<T> from, int count)
    {
        var all = from.ToArray();
        Random.Shuffle(all);
        return all[..Math.Min(count, all.Length)];
    }

    public bool Verify(WireMessage message)
    {
        if (!_verified.TryGetValue(message.Raw, out var right))
            _verified.Add(message.Raw, right = message.Verify());
        return right;
    }

    /// <summary>Begins a message that all the others are to get.</summary>
    public void Published(MessageId id, int receivers)
    {
        _published.Add(id, Clock.Now);
        _expected += receivers;
    }

    public void Delivered(MessageId id)
    {
        if (_published.TryGetValue(id, out var at))
            _latencies.Add(Clock.Now - at);
    }

    /// <summary>Messages of hosts chosen by chance, evenly over the time; then time for the last ones to arrive.</summary>
    public SimReport Talk(IReadOnlyList<SimHost> speakers, int messages, TimeSpan time, int bytes = 200)
    {
        var (before, expected) = (_latencies.Count, _expected);
        for (var i = 0; i < messages; i++)
        {
            var speaker = speakers[Random.Next(speakers.Count)];
            After(time * ((double)i / messages), () => speaker.Publish(bytes));
        }

        Run(time + TimeSpan.FromSeconds(15));
        return new SimReport(_expected - expected, [.. _latencies.Skip(before).Order()], Hosts.Sum(host => host.Router.Meter["duplicate_message"]), Hosts.Sum(host => host.Router.Meter["deliver_message"]));
    }

    private sealed class BytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}
