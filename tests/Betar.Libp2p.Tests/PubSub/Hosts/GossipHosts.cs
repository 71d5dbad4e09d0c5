using System.Collections.Concurrent;
using System.Text;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.PubSub.Hosts;

/// <summary>Whole hosts over connections in memory, each with GossipSub and one topic.</summary>
internal sealed class GossipHosts : IAsyncDisposable
{
    public const string Topic = "t";
    private readonly List<GossipHost> _hosts = [];

    private GossipHosts(MemoryNetwork network) => Network = network;

    public MemoryNetwork Network { get; }

    public GossipHost this[int index] => _hosts[index];

    public static async Task<GossipHosts> StartAsync(Simulated run, int count, Action<GossipOptions>? configure = null, TopicOptions? topic = null)
    {
        var hosts = new GossipHosts(new MemoryNetwork(run.Time, run.Simulation.Seed) { Conditions = new MemoryConditions { Delay = TimeSpan.FromMilliseconds(5) } });
        for (var i = 0; i < count; i++)
        {
            var options = new GossipOptions();
            configure?.Invoke(options);
            var gossip = HostPair.Builder(hosts.Network, (byte)(i + 1)).Listen("/memory/0").BuildWithGossipSub(out var host, options);
            hosts._hosts.Add(new GossipHost(host, gossip, topic));
            await host.StartAsync();
        }

        return hosts;
    }

    public async Task ConnectAsync(params (int From, int To)[] edges)
    {
        foreach (var (from, to) in edges)
            await _hosts[from].Host.ConnectAsync(_hosts[to].Host.Addresses[0]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    /// <summary>One host, what it has received, and what it answers about it.</summary>
    internal sealed class GossipHost(Libp2pHost host, GossipSub gossip, TopicOptions? options) : IAsyncDisposable
    {
        private ITopic? _topic;

        public Libp2pHost Host => host;

        public GossipSub Gossip => gossip;

        public ITopic Topic => _topic ??= gossip.Join(GossipHosts.Topic, TakeAsync, options);

        public ConcurrentQueue<PubSubMessage> Received { get; } = [];

        public IEnumerable<string> Texts => Received.Select(message => Encoding.UTF8.GetString(message.Data.Span));

        public Func<PubSubMessage, ValueTask<MessageVerdict>> Verdict { get; set; } = _ => ValueTask.FromResult(MessageVerdict.Accept);

        public ValueTask<int> SayAsync(string text) => Topic.PublishAsync(Encoding.UTF8.GetBytes(text));

        public async ValueTask DisposeAsync()
        {
            await gossip.DisposeAsync();
            await host.DisposeAsync();
        }

        private ValueTask<MessageVerdict> TakeAsync(PubSubMessage message, CancellationToken cancellationToken)
        {
            Received.Enqueue(message);
            return Verdict(message);
        }
    }
}
