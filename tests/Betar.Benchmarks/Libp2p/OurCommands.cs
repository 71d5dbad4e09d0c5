using System.Diagnostics;
using System.Text.Json.Nodes;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;

namespace Betar.Benchmarks.Libp2p;

/// <summary>What the bench asks of our peer.</summary>
internal sealed class OurCommands : IAsyncDisposable
{
    private const string Request = "/interop/request/1.0.0";
    private const int Many = 100_000;
    private readonly List<Libp2pHost> _idle = [];
    private Libp2pHost? _host;

    public async Task<JsonObject> RunAsync(JsonObject command) => command["do"]!.GetValue<string>() switch
    {
        "start" => await StartAsync(),
        "measureHandshakes" => await HandshakesAsync(Address(command), Count(command)),
        "measureHandshakeRate" => await HandshakeRateAsync(Address(command), Count(command), command["parallel"]!.GetValue<int>()),
        "measurePings" => await PingsAsync(Address(command), Count(command)),
        "measureRequests" => await RequestsAsync(Address(command), Count(command), command["parallel"]!.GetValue<int>()),
        "measureBulk" => await BulkAsync(Address(command), command["up"]!.GetValue<long>(), command["down"]!.GetValue<long>()),
        "connectMany" => await ConnectManyAsync(Address(command), Count(command)),
        "stats" => Stats(),
        "stop" => await StopAsync(),
        var other => throw new ArgumentException($"No command {other}."),
    };

    public async ValueTask DisposeAsync() => await StopAsync();

    private static Multiaddr Address(JsonObject command) => Multiaddr.Parse(command["address"]!.GetValue<string>());

    private static int Count(JsonObject command) => command["count"]!.GetValue<int>();

    /// <summary>Everybody comes from one address here: the limits for one address and one peer are raised, and the report says so.</summary>
    private static Libp2pHostBuilder Builder() => Libp2pHost.CreateBuilder().Configure(options =>
    {
        options.Connections.LoopbackInbound = Many;
        options.Connections.LoopbackHalfOpen = Many;
        options.Connections.LoopbackNewPerSecond = Many;
        options.Connections.LoopbackNewBurst = Many;
        options.Resources.System.InboundConnections = Many;
        options.Resources.Transient.InboundConnections = Many;
        options.Resources.Peer.InboundConnections = Many;
        options.ConnectionManager.LowWater = Many;
        options.ConnectionManager.HighWater = Many + 1;
        options.Streams.InboundPerProtocolAndPeer = 512;
        options.Streams.NewPerSecond = Many;
    });

    private async Task<JsonObject> StartAsync()
    {
        _host = Builder().Listen("/ip4/127.0.0.1/tcp/0").WithPerf().Handle(Request, AnswerAsync, new ProtocolOptions { InboundPerPeer = 512 }).Build();
        await _host.StartAsync();
        return new JsonObject
        {
            ["node"] = 1,
            ["peerId"] = _host.PeerId.ToString(),
            ["addresses"] = new JsonArray([.. _host.Addresses.Select(address => (JsonNode)address.ToString())]),
            ["versions"] = new JsonObject(),
        };
    }

    private static async Task AnswerAsync(Libp2pStream stream, CancellationToken cancel)
    {
        var bytes = new byte[1024];
        await stream.ReadExactlyAsync(bytes, cancel);
        await stream.WriteAsync(bytes, cancel);
    }

    private async Task<JsonObject> HandshakesAsync(Multiaddr address, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var connection = await _host!.ConnectAsync(address);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await _host.DisconnectAsync(connection.Peer);
        }

        return Times(times);
    }

    // One host has one connection to a peer at a time: as many hosts as there are handshakes at once.
    private static async Task<JsonObject> HandshakeRateAsync(Multiaddr address, int count, int parallel)
    {
        var hosts = Enumerable.Range(0, parallel).Select(_ => Builder().Configure(options => options.IdentifyPeers = false).Build()).ToList();
        foreach (var host in hosts)
            await host.StartAsync();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(hosts.Select(async host =>
        {
            for (var i = 0; i < count / parallel; i++)
                await host.DisconnectAsync((await host.ConnectAsync(address)).Peer);
        }));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var host in hosts)
            await host.DisposeAsync();
        return new JsonObject { ["perSecond"] = count / parallel * parallel / seconds };
    }

    private async Task<JsonObject> PingsAsync(Multiaddr address, int count)
    {
        var peer = (await _host!.ConnectAsync(address)).Peer;
        var times = new double[count];
        await using (var ping = await _host.OpenPingAsync(peer))
        {
            for (var i = 0; i < count; i++)
                times[i] = (await ping.PingAsync()).TotalMilliseconds;
        }

        await _host.DisconnectAsync(peer);
        return Times(times);
    }

    private async Task<JsonObject> RequestsAsync(Multiaddr address, int count, int parallel)
    {
        var peer = (await _host!.ConnectAsync(address)).Peer;
        // js breaks a connection off on which more than ten streams arrive before it has set it up.
        await RequestAsync(peer, new byte[1024]);
        var times = new double[count];
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            var bytes = new byte[1024];
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                var began = Stopwatch.GetTimestamp();
                await RequestAsync(peer, bytes);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await _host.DisconnectAsync(peer);
        var answer = Times(times);
        answer["perSecond"] = count / seconds;
        return answer;
    }

    private async Task RequestAsync(PeerId peer, byte[] bytes)
    {
        await using var stream = await _host!.OpenStreamAsync(peer, [Request]);
        await stream.WriteAsync(bytes);
        await stream.ReadExactlyAsync(bytes);
        await stream.CloseWriteAsync();
    }

    private async Task<JsonObject> BulkAsync(Multiaddr address, long up, long down)
    {
        var peer = (await _host!.ConnectAsync(address)).Peer;
        var stream = await _host.OpenStreamAsync(peer, ["/perf/1.0.0"]);
        var started = Stopwatch.GetTimestamp();
        var received = await Bulk.MoveAsync(stream, up, down);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stream.DisposeAsync();
        await _host.DisconnectAsync(peer);
        return received == down
            ? new JsonObject { ["mebibytesPerSecond"] = (up + down) / 1048576.0 / seconds }
            : throw new InvalidOperationException($"{received} of {down} bytes came.");
    }

    private async Task<JsonObject> ConnectManyAsync(Multiaddr address, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var host = Builder().Build();
            _idle.Add(host);
            await host.StartAsync();
            await host.ConnectAsync(address);
        }

        return new JsonObject { ["connections"] = _idle.Sum(host => host.Connections.Count) };
    }

    private JsonObject Stats()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return new JsonObject { ["rss"] = process.WorkingSet64, ["connections"] = _host!.Connections.Count };
    }

    private async Task<JsonObject> StopAsync()
    {
        foreach (var host in _idle)
            await host.DisposeAsync();
        _idle.Clear();
        if (_host is not null)
            await _host.DisposeAsync();
        _host = null;
        return [];
    }

    private static JsonObject Times(double[] milliseconds) => new() { ["ms"] = new JsonArray([.. milliseconds.Select(value => (JsonNode)value)]) };
}
