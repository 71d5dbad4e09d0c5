using System.Text;
using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Demo;
using Betar.Node.Peering;
using Betar.Node.Tests.Composition;
using Betar.Node.Tests.Configuration;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Http;
using Betar.Node.Tests.Interop;
using Betar.Node.Tests.Orders;
using Betar.Node.Tests.Presence;
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
    public async Task Row24_it_is_no_part_of_a_public_network_that_others_run()
    {
        await using JsCustomer customer = await world.CustomerAsync(0);

        Assert.DoesNotContain((await customer.IdentifyAsync())["protocols"].Strings(), protocol => protocol.StartsWith("/ipfs/kad/", StringComparison.Ordinal));
    }

    [Fact]
    public void Row25_addresses_that_change_are_listed_anew() => new ListedAgentsTests().Addresses_that_change_are_listed_anew();

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
    public async Task Row34_nothing_is_minted_for_an_agent_that_only_has_a_name()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("agent", "register", "-n", "x", "--on-chain", "--data", temp.Path)).AssertRefused("BTR-1022", 2);
    }

    [Fact]
    public Task Row35_a_store_that_fails_takes_the_node_down_with_its_reason() => new BrokenDiskTests().Any_of_the_stores_ends_the_wait_with_its_failure();

    [Fact]
    public Task Row41_a_slow_peer_holds_up_nobody() => new JsBuyerTests(world).A_slow_peer_holds_up_nobody_and_is_answered_once_it_has_said_all();

    [Fact]
    public void Row42_what_strangers_write_begins_no_line_of_the_log() => new LineLoggerTests().What_strangers_write_cannot_begin_a_line_of_its_own_or_steer_the_terminal();

    [Fact]
    public Task Row43_an_error_is_told_from_data_by_its_frame() => new JsBuyerTests(world).A_frame_of_a_type_that_nobody_knows_gets_the_originals_words();

    [Fact]
    public Task Row45_long_work_is_not_cut_off() => new StreamedWorkTests().Long_work_says_that_it_lives_and_then_what_came_of_it();

    [Fact]
    public async Task Row46_an_agent_that_comes_over_http_is_on_the_network_and_can_go_again()
    {
        var node = new HttpNodeTests();
        await node.InitializeAsync();
        await node.Agents_come_and_go_and_the_network_hears_of_it();
        await node.DisposeAsync();
    }

    [Fact]
    public Task Row47_what_a_node_does_can_be_measured() => new MetricsTests().What_the_node_counts_is_there_for_prometheus();

    [Fact]
    public async Task Row48_a_command_that_needs_a_node_says_so_and_makes_no_keys()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("agent", "register", "-n", "x", "-p", "0.5", "--builtin", "echo", "--data", temp.Path)).AssertRefused("BTR-2010", 1);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }
}
