using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>The commands of <c>gossipMeasures.js</c>, for our own kind. Messages carry the moment at which they were said, by the machine's monotonic clock.</summary>
internal sealed class GossipCommands : IAsyncDisposable
{
    private const int Many = 1_000_000;

    private readonly Lock _lock = new();
    private readonly List<double> _delays = [];
    private readonly SemaphoreSlim _changed = new(0);
    private Libp2pHost? _host;
    private GossipSub? _gossip;
    private ITopic? _topic;
    private long _counted;

    public async Task<JsonObject> RunAsync(JsonObject command) => command["do"]!.GetValue<string>() switch
    {
        "start" => await StartAsync(),
        "dial" => await DialAsync(command["address"]!.GetValue<string>()),
        "countGossip" => Count(command["topic"]!.GetValue<string>()),
        "gossipPeers" => await PeersAsync(command["count"]!.GetValue<int>()),
        "sayGossip" => await SayAsync(command["count"]!.GetValue<int>(), command["length"]!.GetValue<int>()),
        "countedGossip" => await CountedAsync(command["count"]!.GetValue<long>()),
        "duplicates" => new JsonObject { ["duplicates"] = CountOf(GossipEvent.Duplicate), ["delivered"] = CountOf(GossipEvent.Deliver) },
        "stop" => await StopAsync(),
        var other => throw new ArgumentException($"No command {other}."),
    };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _changed.Dispose();
    }

    private static ulong Now => (ulong)(Stopwatch.GetTimestamp() * (1_000_000_000.0 / Stopwatch.Frequency));

    private long CountOf(string name) => _gossip!.Counts.GetValueOrDefault(name);

    private async Task<JsonObject> StartAsync()
    {
        _gossip = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").BuildWithGossipSub(out Libp2pHost host);
        _host = host;
        await host.StartAsync();
        return new JsonObject { ["node"] = 1, ["peerId"] = host.PeerId.ToString(), ["addresses"] = new JsonArray(host.Addresses[0].ToString()), ["versions"] = new JsonObject() };
    }

    private async Task<JsonObject> DialAsync(string address)
    {
        await _host!.ConnectAsync(Multiaddr.Parse(address));
        return [];
    }

    private JsonObject Count(string topic)
    {
        _topic = _gossip!.Join(topic, TakeAsync, new TopicOptions { AuthorPerSecond = Many, AuthorBurst = Many });
        _topic.PeerChanged += (_, _) => _changed.Release();
        return [];
    }

    private ValueTask<MessageVerdict> TakeAsync(PubSubMessage message, CancellationToken cancellationToken)
    {
        double delay = (Now - BinaryPrimitives.ReadUInt64LittleEndian(message.Data.Span)) / 1e6;
        lock (_lock)
        {
            _delays.Add(delay);
            _counted++;
        }

        _changed.Release();
        return ValueTask.FromResult(MessageVerdict.Accept);
    }

    private async Task<JsonObject> PeersAsync(int count)
    {
        while (_topic!.Peers.Count < count)
            await _changed.WaitAsync();
        return [];
    }

    private async Task<JsonObject> SayAsync(int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            var data = new byte[length];
            data.AsSpan().Fill(7);
            BinaryPrimitives.WriteUInt64LittleEndian(data, Now);
            await _topic!.PublishAsync(data);
        }

        return [];
    }

    private async Task<JsonObject> CountedAsync(long count)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_counted >= count)
                {
                    var delays = new JsonArray([.. _delays.Select(delay => (JsonNode)delay)]);
                    _delays.Clear();
                    return new JsonObject { ["ms"] = delays };
                }
            }

            await _changed.WaitAsync();
        }
    }

    private async Task<JsonObject> StopAsync()
    {
        if (_gossip is not null)
            await _gossip.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        (_gossip, _host, _topic) = (null, null, null);
        return [];
    }
}
