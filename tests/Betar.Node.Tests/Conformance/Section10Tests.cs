using System.Text;
using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Demo;
using Betar.Node.Peering;
using Betar.Node.Tests.Composition;
using Betar.Node.Tests.Configuration;
using Betar.Node.Tests.Http;
using Betar.Node.Tests.Interop;
using Betar.Node.Tests.Orders;
using Betar.Node.Tests.Support;
using Betar.Storage.Ledger;
using Betar.Storage.Sessions;

namespace Betar.Node.Tests.Conformance;

/// <summary>What the original does badly is not so here: a foreign peer asks the whole node. The numbers are those of docs/conformance.md.</summary>
[Collection(TradeCollection.Name)]
public sealed class Section10Tests(TradeWorld world)
{
    /// <summary>The way to a victim's wallet: a listing of one's own, and a question for it that the victim would pass on and pay.</summary>
    [Fact]
    public async Task Row01_what_strangers_ask_reaches_the_fleet_alone_and_is_never_bought_elsewhere()
    {
        await using PartnerNode thief = await world.PeerAsync();
        await thief.AskAsync("sell", new { listing = JsSellerTests.Listing(thief), demand = world.Demand("1000000", world.Wallet) });
        Assert.Single((await ListingQuery.AskAsync(world.Node.Network.Host, Multiaddr.Parse(thief.Address), default)).OrThrow());
        await using JsCustomer asker = await world.CustomerAsync(0);

        JsonObject answer = await asker.QuoteAsync("did:key:js", "hello", "c");

        Assert.Equal(("x402.error", 1001), (answer.Text("type"), answer["message"]!.AsObject().Int("error_code")));
        Assert.Equal(0, (await thief.AskAsync("sold"))["shop"]!.AsObject().Int("quoted"));
    }

    [Fact]
    public Task Row02_what_was_not_agreed_on_is_not_signed() => new JsSellerTests(world).What_was_not_agreed_on_is_not_signed("all there is", """{"amount":"1000000"}""");

    [Fact]
    public void Row03_a_key_is_sent_only_to_the_endpoint_it_was_given_for()
    {
        new ModelBinderTests().The_nodes_key_is_never_sent_to_an_agents_own_address();
        new ModelBinderTests().The_nodes_key_for_openai_is_never_sent_to_the_nodes_other_address();
    }

    [Fact]
    public Task Row04_a_page_in_a_browser_asks_for_nothing_that_spends() => new ApiGuardTests().A_page_of_another_origin_is_refused("POST", "/agents/x/execute");

    [Theory]
    [InlineData("""{"version":"1.0","correlation_id":"c","payment":null,"body":""}""")]
    [InlineData("""{"version":"1.0","correlation_id":"c","payment":{"x402_version":2,"scheme":"exact","network":"eip155:84532","server_nonce":"00","payer":"x"},"body":"e30="}""")]
    [InlineData("null")]
    public async Task Row05_no_frame_ends_the_node(string message)
    {
        await using JsCustomer customer = await world.CustomerAsync(0);
        byte[] json = Encoding.UTF8.GetBytes(message);
        PartnerStream stream = await customer.OpenAsync();
        await stream.SendAsync([0, 17, .. "x402.paid_request"u8, 0, 0, 0, (byte)json.Length, .. json]);

        Assert.Equal([0, 10, .. "x402.error"u8], await stream.ReadAsync(12));
        JsonObject math = await customer.ListedAsync(DemoAgents.Math);
        Assert.Equal("x402.payment_required", (await customer.QuoteAsync(math.Text("id"), "1 + 1", "after")).Text("type"));
    }

    [Fact]
    public Task Row06_a_demand_without_sense_ends_no_buyer() => new JsSellerTests(world).A_demand_without_requirements_is_not_signed();

    [Theory]
    [InlineData("-0.001", null)]
    [InlineData("0.0000009", null)]
    [InlineData("0.000001", "1")]
    [InlineData("0.29", "290000")]
    public void Row14_a_price_is_a_whole_number_of_units_or_none(string price, string? units)
    {
        var listing = new Listing { Id = "a", Name = "a", Price = price, SellerId = "s" };

        Assert.Equal(units, listing.TryGetPrice(out var amount) ? amount.ToString() : null);
    }

    [Fact]
    public async Task Row28_nobody_changes_an_order_that_he_is_no_party_to()
    {
        var desk = new MarketOrderDeskTests();
        await desk.InitializeAsync();
        await desk.Somebody_elses_order_is_none("order.cancel");
        await desk.DisposeAsync();
    }

    /// <summary>A name that the caller gives himself counts for nothing: what is written is written under the peer that asked.</summary>
    [Fact]
    public async Task Row30_nobody_writes_into_anothers_history()
    {
        await using JsCustomer customer = await world.CustomerAsync();
        (string frame, _) = await customer.SignAsync(await customer.ListedAsync(DemoAgents.Math), "20 + 3");
        Assert.Equal("x402.response", (await customer.ShowAsync(frame)).Type);

        string agent = (await customer.ListedAsync(DemoAgents.Math)).Text("id");
        var query = new SessionQuery { AgentId = agent };
        Assert.NotNull(await world.Node.Database.Sessions.FindAsync(query, customer.PeerId, default));
        Assert.Null(await world.Node.Database.Sessions.FindAsync(query, JsCustomer.ClaimedName, default));
    }

    [Fact]
    public async Task Row31_what_is_not_there_on_chain_is_refused_and_not_tried()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("start", "--data", temp.Path, "--name", "a", "--on-chain")).AssertRefused("BTR-1022", 2);
    }

    [Fact]
    public async Task Row33_an_answer_names_its_payment_and_a_failure_is_recorded()
    {
        await using JsCustomer customer = await world.CustomerAsync();
        JsonObject math = await customer.ListedAsync(DemoAgents.Math);
        (string frame, JsonObject payment) = await customer.SignAsync(math, "1 + 2");
        (_, JsonObject response) = await customer.ShowAsync(frame);
        (string failing, JsonObject failed) = await customer.SignAsync(math, "1 / 0");
        await customer.ShowAsync(failing);

        Assert.EndsWith(payment["payload"]!["authorization"]!["nonce"]!.GetValue<string>(), response.Text("payment_id"), StringComparison.Ordinal);
        Assert.Equal(LedgerKind.Refunded, (await world.EntriesAsync(failed))[^1]);
    }

    [Fact]
    public Task Row41_a_slow_peer_holds_up_nobody() => new JsBuyerTests(world).A_slow_peer_holds_up_nobody_and_is_answered_once_it_has_said_all();

    [Fact]
    public void Row42_what_strangers_write_begins_no_line_of_the_log() => new LineLoggerTests().What_strangers_write_cannot_begin_a_line_of_its_own_or_steer_the_terminal();

    [Fact]
    public async Task Row46_an_agent_that_comes_over_http_is_on_the_network_and_can_go_again()
    {
        var node = new HttpNodeTests();
        await node.InitializeAsync();
        await node.Agents_come_and_go_and_the_network_hears_of_it();
        await node.DisposeAsync();
    }
}
