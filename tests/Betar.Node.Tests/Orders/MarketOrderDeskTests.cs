using System.Text;
using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Libp2p.Identity;
using Betar.Node.Orders;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Orders;

namespace Betar.Node.Tests.Orders;

/// <summary>What strangers get for their order messages: the rules, and nothing else.</summary>
public sealed class MarketOrderDeskTests : IAsyncLifetime
{
    private const string Agent = "did:key:z6MkA";

    private readonly TempFolder _folder = new();
    private readonly OfferBook _offers = new();
    private readonly string _self = NewPeer().ToString();
    private readonly PeerId _buyer = NewPeer();
    private readonly PeerId _stranger = NewPeer();
    private BetarDatabase _database = null!;
    private MarketOrderDesk _desk = null!;

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Data.Database);
        _offers.Put(new AgentSpec { AgentId = Agent, Name = "a", PriceAtomic = "1000", PayTo = "0x0", ExecutorKind = "builtin", ExecutorTarget = "echo" });
        _desk = new MarketOrderDesk(() => _self, () => _offers, () => _database.MarketOrders);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_buyer_orders_and_may_cancel()
    {
        JsonElement order = await OrderAsync("order.create", _buyer, Create());
        Assert.Equal(("o1", Agent, _buyer.ToString(), _self, "0.001", "pending"), Fields(order));
        Assert.Equal("cancelled", (await OrderAsync("order.cancel", _buyer, """{"type":"cancel","orderId":"o1","status":"cancelled"}""")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{"orderId":"","agentId":"did:key:z6MkA","price":0.001}""", "orderId is required")]
    [InlineData("""{"type":"accept","orderId":"o1","agentId":"did:key:z6MkA","price":0.001}""", "the message is no order.create")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:z6MkA","price":0.001,"status":"completed"}""", "the status is not the sender's to choose")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:z6MkA","price":0.001,"buyerId":"12D3KooWSomebodyElse"}""", "the sender is the buyer, and this node the seller")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:z6MkA","price":0.001,"sellerId":"12D3KooWSomebodyElse"}""", "the sender is the buyer, and this node the seller")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:zNone","price":0.001}""", "no such agent is sold here")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:z6MkA","price":0.0009}""", "the price is 0.001")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:z6MkA"}""", "the price is 0.001")]
    [InlineData("""{"orderId":"o1","agentId":"did:key:z6MkA","price":-0.001}""", "the price is 0.001")]
    [InlineData("not json", "the message is malformed")]
    public async Task A_wrong_order_is_refused_and_leaves_nothing(string body, string error)
    {
        Assert.Equal(error, await ErrorAsync("order.create", _buyer, body));
        Assert.Empty(await _database.MarketOrders.ListAsync(long.MaxValue, 10, CancellationToken.None));
    }

    [Theory]
    [InlineData("order.accept", "only the seller may do that")]
    [InlineData("order.complete", "only the seller may do that")]
    public async Task A_buyer_does_not_do_the_sellers_part(string type, string error)
    {
        await OrderAsync("order.create", _buyer, Create());
        Assert.Equal(error, await ErrorAsync(type, _buyer, """{"orderId":"o1"}"""));
    }

    [Theory]
    [InlineData("order.accept")]
    [InlineData("order.complete")]
    [InlineData("order.cancel")]
    public async Task Somebody_elses_order_is_none(string type)
    {
        await OrderAsync("order.create", _buyer, Create());
        Assert.Equal("no such order", await ErrorAsync(type, _stranger, """{"orderId":"o1"}"""));
        Assert.Equal("no such order", await ErrorAsync(type, _stranger, $$"""{"orderId":"o1","buyerId":"{{_buyer}}","sellerId":"{{_stranger}}"}"""));
        Assert.Equal(MarketOrderStatus.Pending, (await _database.MarketOrders.FindAsync("o1", CancellationToken.None))!.Status);
    }

    [Fact]
    public async Task Somebody_elses_order_id_cannot_be_taken_over()
    {
        await OrderAsync("order.create", _buyer, Create());
        Assert.Equal("the order id is taken", await ErrorAsync("order.create", _stranger, Create()));
        Assert.Equal(_buyer.ToString(), (await _database.MarketOrders.FindAsync("o1", CancellationToken.None))!.BuyerId);
    }

    [Fact]
    public async Task A_seller_elsewhere_moves_the_order_that_this_node_made_and_skips_nothing()
    {
        var own = new MarketOrder { OrderId = "o9", AgentId = "did:key:zTheirs", BuyerId = _self, SellerId = _buyer.ToString(), Price = 5 };
        await _database.MarketOrders.AddAsync(own, own: true, CancellationToken.None);
        Assert.Equal("the order cannot go there from where it is", await ErrorAsync("order.complete", _buyer, """{"orderId":"o9","status":"completed"}"""));
        Assert.Equal("the status is not the sender's to choose", await ErrorAsync("order.accept", _buyer, """{"orderId":"o9","status":"completed"}"""));
        Assert.Equal("accepted", (await OrderAsync("order.accept", _buyer, """{"orderId":"o9","status":"accepted"}""")).GetProperty("status").GetString());
        Assert.Equal("completed", (await OrderAsync("order.complete", _buyer, """{"orderId":"o9","price":77}""")).GetProperty("status").GetString());
        Assert.Equal(5ul, (await _database.MarketOrders.FindAsync("o9", CancellationToken.None))!.Price.Units);
    }

    [Fact]
    public async Task A_peer_has_its_quota()
    {
        int most = new MarketOrderOptions().MaxOpenPerBuyer;
        for (int order = 0; order < most; order++)
            await OrderAsync("order.create", _buyer, Create($"o{order}"));
        Assert.Equal("too many open orders", await ErrorAsync("order.create", _buyer, Create("more")));
        await OrderAsync("order.create", _stranger, Create("theirs"));
    }

    [Fact]
    public async Task A_giant_is_not_read()
    {
        Assert.Equal("the message is malformed", await ErrorAsync("order.create", _buyer, Create(new string('x', 65))));
        Assert.Equal("the message is malformed", await ErrorAsync("order.create", _buyer, Create()[..^1] + ",\"more\":\"" + new string('x', 1 << 20) + "\"}"));
    }

    private static string Create(string id = "o1") => $$"""{"type":"new","orderId":"{{id}}","agentId":"{{Agent}}","price":0.001,"status":"pending","timestamp":1}""";

    private static PeerId NewPeer()
    {
        using IdentityKey key = IdentityKey.Generate();
        return key.PeerId;
    }

    private async Task<JsonElement> AskAsync(string type, PeerId peer, string body)
    {
        ReadOnlyMemory<byte> answer = await _desk.Handlers[type](peer, type, Encoding.UTF8.GetBytes(body), CancellationToken.None);
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    private async Task<JsonElement> OrderAsync(string type, PeerId peer, string body)
    {
        JsonElement answer = await AskAsync(type, peer, body);
        Assert.True(answer.TryGetProperty("order", out JsonElement order), answer.ToString());
        return order;
    }

    private async Task<string> ErrorAsync(string type, PeerId peer, string body)
    {
        JsonElement answer = await AskAsync(type, peer, body);
        Assert.True(answer.TryGetProperty("error", out JsonElement error), answer.ToString());
        return error.GetString()!;
    }

    private static (string?, string?, string?, string?, string, string?) Fields(JsonElement order) => (
        order.GetProperty("orderId").GetString(), order.GetProperty("agentId").GetString(), order.GetProperty("buyerId").GetString(),
        order.GetProperty("sellerId").GetString(), order.GetProperty("price").GetRawText(), order.GetProperty("status").GetString());
}
