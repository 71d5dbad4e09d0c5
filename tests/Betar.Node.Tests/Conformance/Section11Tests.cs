using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Node.Demo;
using Betar.Node.Tests.Folder;
using Betar.Node.Tests.Http;
using Betar.Node.Tests.Interop;
using Betar.Node.Tests.Marketplace;

namespace Betar.Node.Tests.Conformance;

/// <summary>What a peer of the original must do, asked by a foreign peer. The numbers are those of docs/conformance.md.</summary>
[Collection(TradeCollection.Name)]
public sealed class Section11Tests(TradeWorld world)
{
    [Fact]
    public async Task Line01_a_foreign_peer_connects_and_hears_which_protocols_are_spoken()
    {
        await using JsCustomer customer = await world.CustomerAsync(0);

        string[] protocols = (await customer.IdentifyAsync())["protocols"].Strings();

        Assert.Superset(new HashSet<string>(["/x402/libp2p/1.0.0", "/betar/marketplace/1.0.0", "/ipfs/id/1.0.0", "/ipfs/bitswap/1.2.0", "/meshsub/1.1.0"]), protocols.ToHashSet());
    }

    [Fact]
    public void Line02_the_originals_key_file_gives_the_same_peer_and_agents() => new NodeIdentityTests().The_originals_file_is_read();

    /// <summary>js-libp2p's own multicast DNS under that name: it finds a node that was told nothing, and is found by it; and it is met where the operator says.</summary>
    [Fact]
    public async Task Line03_local_nodes_are_looked_for_under_the_originals_name()
    {
        const string name = "betar-mdns.local";
        await using PartnerNode named = await world.PeerAsync();
        await using var node = new UpNode();
        await node.StartAsync("--bootstrap", named.Address);
        await using PartnerNode hears = await world.PeerAsync(new { mdns = new { interval = 200, serviceTag = name, broadcast = false } });
        JsonObject found = await hears.AskAsync("found", new { peer = node.PeerId });
        await using PartnerNode says = await world.PeerAsync(new { mdns = new { interval = 200, serviceTag = name } });

        Assert.Equal([node.Address[..node.Address.IndexOf("/p2p/", StringComparison.Ordinal)]], found["addresses"].Strings());
        var ways = new Dictionary<string, string>();
        while (!ways.ContainsKey(named.PeerId) || !ways.ContainsKey(says.PeerId))
        {
            JsonElement line = await node.EventAsync("found");
            ways[line.GetProperty("peerId").GetString()!] = line.GetProperty("by").GetString()!;
        }

        Assert.Equal(("bootstrap", "mdns"), (ways[named.PeerId], ways[says.PeerId]));
    }

    [Fact]
    public void Line04_it_takes_part_in_the_originals_topics() =>
        Assert.Equal(["betar/marketplace/crdt", "betar/marketplace/listings"], world.Node.Network.Topics.Select(topic => topic.Name).Order());

    [Fact]
    public async Task Line07_it_lists_what_it_sells_and_answers_order_messages()
    {
        await using JsCustomer customer = await world.CustomerAsync(0);
        JsonObject math = await customer.ListedAsync(DemoAgents.Math);

        Assert.Equal(world.Node.Identity.PeerId, math.Text("sellerId"));
        Assert.Equal("0.0025", math["price"]!.ToJsonString());
        Assert.Equal("unknown message type: nothing", await customer.MarketAsync("nothing", "{}"));
        string order = $$"""{"type":"new","orderId":"o-{{Guid.NewGuid()}}","agentId":"{{math.Text("id")}}","price":0.0025,"status":"pending"}""";
        Assert.StartsWith("{\"order\":{", await customer.MarketAsync("order.create", order), StringComparison.Ordinal);
        Assert.StartsWith("{\"error\":", await customer.MarketAsync("order.accept", """{"orderId":"none"}"""), StringComparison.Ordinal);
    }

    /// <summary>The buyer's signature ends with 0 or 1, as the original writes it; ours with 27 or 28, which viem reads as well.</summary>
    [Fact]
    public async Task Line08_a_paid_call_is_spoken_in_the_originals_frames_on_both_sides()
    {
        await new JsBuyerTests(world).Buys_once_and_the_same_payment_shown_again_gets_the_same_answer();
        await new JsSellerTests(world).An_honest_one_is_paid_once_and_its_answer_is_kept();
    }

    [Fact]
    public async Task Line09_scripts_of_the_original_get_its_shapes_over_http()
    {
        foreach ((string file, string method, string path) in new[] { ("health", "GET", "/health"), ("status", "GET", "/status"), ("agents", "GET", "/agents") })
            await new GoldenTests().It_answers_as_the_golden_file_says(file, method, path, null);
        await new GoldenTests().It_answers_as_the_golden_file_says("agents-new", "POST", "/agents", """{"Name":"echo","OPENAIBaseURL":"https://models.example/v1"}""");
        await new GoldenTests().An_id_with_a_slash_reaches_the_agent_whole();
    }

    [Fact]
    public async Task Line10_an_agent_is_known_by_its_did_and_by_its_peer_and_did()
    {
        await using JsCustomer customer = await world.CustomerAsync(0);
        string id = (await customer.ListedAsync(DemoAgents.Math)).Text("id");
        string did = id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];

        foreach (string name in new[] { did, $"{world.Node.Identity.PeerId}/{did}" })
            Assert.Equal("x402.payment_required", (await customer.QuoteAsync(name, "1 + 1", name)).Text("type"));
    }
}
