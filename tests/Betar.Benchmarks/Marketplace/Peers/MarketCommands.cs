using System.Diagnostics;
using System.Text.Json.Nodes;
using Betar.Benchmarks.Marketplace.Nodes;
using Betar.Libp2p;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Selling;
using Betar.X402;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>What a bench asks of one node of the marketplace. Moments are those of the machine's one monotonic clock, so that processes can compare them.</summary>
internal sealed class MarketCommands : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("betar-bench-").FullName;
    private MarketHost? _node;
    private Sight? _sight;
    private int _started;

    private MarketHost Node => _node ?? throw new InvalidOperationException("The node was not started.");

    private static double Now => Stopwatch.GetTimestamp() * 1_000.0 / Stopwatch.Frequency;

    public async Task<JsonObject> RunAsync(JsonObject command) => command["do"]!.GetValue<string>() switch
    {
        "start" => await StartAsync(),
        "publish" => await PublishAsync(command["first"]!.GetValue<int>(), command["count"]!.GetValue<int>(), command["price"]!.GetValue<ulong>()),
        "ownListing" => new JsonObject { ["listing"] = Offers.IdOf(Node.Identity, NameOf(0)) },
        "discover" => Discover(command["bootstrap"]!.GetValue<string>()),
        "expect" => Expect(command["listings"]!.AsArray()),
        "seen" => new JsonObject { ["at"] = await _sight!.Done.ConfigureAwait(ConfigureAwaitOptions.ForceYielding) },
        "stop" => await StopAsync(),
        var other => throw new ArgumentException($"No command {other}."),
    };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NameOf(int number) => $"agent {number}";

    private async Task<JsonObject> StartAsync()
    {
        MarketStores stores = MarketStores.InFile(Path.Combine(_folder, $"{++_started}.db"));
        Libp2pHostBuilder builder = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0");
        _node = await MarketHost.StartAsync(IdentityKey.Generate(), builder, stores, TimeProvider.System, TaskScheduler.Default);
        return new JsonObject { ["node"] = 1, ["peerId"] = _node.Host.PeerId.ToString(), ["addresses"] = new JsonArray(_node.Host.Addresses[0].ToString()), ["versions"] = new JsonObject() };
    }

    private async Task<JsonObject> PublishAsync(int first, int count, ulong price)
    {
        double at = Now;
        IReadOnlyList<PublishResult> results =
            await Node.Market.PublishAsync([.. Enumerable.Range(first, count).Select(number => Offers.Of(Node.Identity, NameOf(number), price))], CancellationToken.None);
        var ids = new JsonArray([.. Enumerable.Range(first, count).Select(number => (JsonNode)Offers.IdOf(Node.Identity, NameOf(number)))]);
        return results.Count == count ? new JsonObject { ["at"] = at, ["ids"] = ids } : throw new InvalidOperationException($"{results.Count} of {count} listings were published.");
    }

    private JsonObject Discover(string bootstrap)
    {
        var discovery = Node.Own(PeerDiscovery.Create(
            Node.Host, new DiscoverySettings { Bootstrap = bootstrap.Length == 0 ? [] : [Multiaddr.Parse(bootstrap)], Mdns = false, Remembered = false }));
        discovery.Start();
        return new JsonObject { ["at"] = Now };
    }

    private JsonObject Expect(JsonArray listings)
    {
        _sight?.Dispose();
        _sight = new Sight(
            Node.Market,
            listings.Select(listing => KeyValuePair.Create(listing!["id"]!.GetValue<string>(), (AtomicAmount)listing["price"]!.GetValue<ulong>())), () => Now);
        return new JsonObject { ["missing"] = _sight.Missing };
    }

    private async Task<JsonObject> StopAsync()
    {
        _sight?.Dispose();
        _sight = null;
        if (_node is not null)
            await _node.DisposeAsync();
        _node = null;
        return [];
    }
}
