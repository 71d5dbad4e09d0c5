using System.Diagnostics;
using System.Text.Json.Nodes;
using Betar.Benchmarks.Libp2p;
using Betar.Interop.Tests.Partner;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>Hosts of one kind in one topic, each in a process of its own and connected to four others, so that most of what is said reaches some only by others.</summary>
internal sealed class GossipSwarm : IAsyncDisposable
{
    private const string Topic = "betar/bench";
    private const int Neighbours = 4;

    private readonly PartnerProcess[] _processes;
    private PartnerNode[] _nodes = [];

    /// <summary>How many messages each host has heard.</summary>
    private readonly long[] _heard;

    private GossipSwarm(PartnerProcess[] processes) => (_processes, _heard) = (processes, new long[processes.Length]);

    public static Task<GossipSwarm> StartOursAsync(int count) => StartAsync(count, () => Libp2pPeers.StartOurs(GossipPeer.Verb));

    public static Task<GossipSwarm> StartTheirsAsync(int count) => StartAsync(count, PartnerProcess.Start);

    /// <summary>One message at a time, each by the next host: the delays to all others, in milliseconds, shortest first.</summary>
    public async Task<double[]> DelaysAsync(int count, int length)
    {
        List<double> delays = [];
        for (int i = 0; i < count; i++)
        {
            await SayAsync(i % _nodes.Length, 1, length);
            delays.AddRange(await HeardAsync());
        }

        return [.. delays.Order()];
    }

    /// <summary>All hosts speak at once, a few messages each, and again when all have all but the last of them: messages a second, and the delays under that load.</summary>
    public async Task<(double PerSecond, double[] Delays)> FloodAsync(int bursts, int each, int length)
    {
        List<double> delays = [];
        Task<List<double>> before = Task.FromResult<List<double>>([]);
        long started = Stopwatch.GetTimestamp();
        for (int burst = 0; burst < bursts; burst++)
        {
            await Task.WhenAll(Enumerable.Range(0, _nodes.Length).Select(host => SayAsync(host, each, length)));
            delays.AddRange(await before);
            before = HeardAsync();
        }

        delays.AddRange(await before);
        return (bursts * each * _nodes.Length / Stopwatch.GetElapsedTime(started).TotalSeconds, [.. delays.Order()]);
    }

    /// <summary>How many times a host of ours gets a message, for each time that it takes it.</summary>
    public async Task<double> CopiesAsync()
    {
        JsonObject[] answers = await Task.WhenAll(_nodes.Select(node => node.AskAsync("duplicates")));
        return 1 + (answers.Sum(answer => answer["duplicates"]!.GetValue<double>()) / answers.Sum(answer => answer["delivered"]!.GetValue<double>()));
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    private static async Task<GossipSwarm> StartAsync(int count, Func<PartnerProcess> start)
    {
        var swarm = new GossipSwarm([.. Enumerable.Range(0, count).Select(_ => start())]);
        swarm._nodes = await Task.WhenAll(swarm._processes.Select(process => process.StartNodeAsync(new { gossip = new { } })));
        PartnerNode[] nodes = swarm._nodes;
        await Task.WhenAll(nodes.Select(node => node.AskAsync("countGossip", new { topic = Topic })));
        foreach (int step in Enumerable.Range(1, Neighbours / 2))
            await Task.WhenAll(nodes.Select((node, i) => node.DialAsync(nodes[(i + step) % count].Address)));
        await Task.WhenAll(nodes.Select(node => node.AskAsync("gossipPeers", new { topic = Topic, count = Neighbours })));
        return swarm;
    }

    private Task SayAsync(int host, int count, int length)
    {
        for (int i = 0; i < _heard.Length; i++)
            _heard[i] += i == host ? 0 : count;
        return _nodes[host].AskAsync("sayGossip", new { topic = Topic, count, length });
    }

    private async Task<List<double>> HeardAsync()
    {
        JsonObject[] answers = await Task.WhenAll(_nodes.Select((node, i) => node.AskAsync("countedGossip", new { count = _heard[i] })));
        return [.. answers.SelectMany(answer => answer["ms"]!.AsArray().Select(delay => delay!.GetValue<double>()))];
    }
}
