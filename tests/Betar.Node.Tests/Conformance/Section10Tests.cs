using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Configuration.Settings;
using Betar.Node.Control;
using Betar.Node.Demo;
using Betar.Node.Devnet;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Node.Tests.Cli;
using Betar.Node.Tests.Composition;
using Betar.Node.Tests.Configuration;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Http;
using Betar.Node.Tests.Interop;
using Betar.Node.Tests.Marketplace;
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

    /// <summary>A purchase from us, one that is refused, and one of ours: no line of the log and no answer about them has a signature in it.</summary>
    [Fact]
    public async Task Row15_a_signature_stands_in_no_text()
    {
        await using JsCustomer customer = await world.CustomerAsync();
        JsonObject math = await customer.ListedAsync(DemoAgents.Math);
        (string frame, JsonObject payment) = await customer.SignAsync(math, "15 + 15");
        (_, JsonObject answer) = await customer.ShowAsync(frame);
        (string forged, _) = await customer.SignAsync(math, "15 + 16", new JsonObject { ["signature"] = "changed" });
        (_, JsonObject refused) = await customer.ShowAsync(forged);
        await new JsSellerTests(world).An_honest_one_is_paid_once_and_its_answer_is_kept();

        string signature = payment["payload"]!["signature"]!.GetValue<string>()[2..];
        ControlAnswer order = await OrderViews.ShowAsync(world.Node.Ledger, answer.Text("payment_id"), default);
        using JsonDocument shown = JsonOutput.Parse(order.Write!);
        foreach (string text in new[] { answer.ToJsonString(), refused.ToJsonString(), shown.RootElement.GetRawText() })
            Assert.DoesNotContain(signature[..64], text, StringComparison.OrdinalIgnoreCase);
        Assert.True(world.Log.Lines > 0);
        Assert.Empty(world.Log.Found);
        using var watch = new SignatureWatch();
        watch.WriteLine($"It would be seen: {signature}");
        Assert.Single(watch.Found);
    }

    /// <summary>Calls as the token reads them; an account whose key begins with zeros; a key file that nobody reads it from.</summary>
    [Fact]
    public async Task Row16_a_transfer_is_called_as_the_token_reads_it()
    {
        Address account = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");
        string word = new string('0', 24) + "1a642f0e3c3af545e7acbd38b07251b3990914f1";
        Assert.Equal("a9059cbb" + word + "5".PadLeft(64, '0'), Convert.ToHexStringLower(Eip3009Token.EncodeTransfer(account, 5)));
        Assert.Equal("70a08231" + word, Convert.ToHexStringLower(Eip3009Token.EncodeBalanceOf(account)));

        using var temp = new TempFolder();
        const string key = "0000000000000000000000000000000000000000000000000000000000000001";
        string source = temp.File("wallet.key", key + "\n"), password = temp.File("password", "for export\n"), copy = Path.Combine(temp.Path, "copy.json");
        foreach (string file in new[] { source, password })
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        CliRun imported = await CliRun.RunAsync("wallet", "import", "one", source, "--data", temp.Path, "--json");
        Assert.Equal("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", imported.Json().GetProperty("address").GetString());
        Assert.DoesNotContain(key[..63], File.ReadAllText(Path.Combine(temp.Data.Keystore, "one.json")), StringComparison.Ordinal);

        CliRun exported = await CliRun.RunAsync("wallet", "export", "one", copy, "--password-file", password, "--yes", "--data", temp.Path);
        Assert.True(exported.ExitCode == 0, exported.Error);
        using PrivateKey back = KeystoreFile.Open(File.ReadAllBytes(copy), "for export"u8).Key!;
        byte[] bytes = new byte[PrivateKey.Size];
        back.Export(bytes);
        Assert.Equal(key, Convert.ToHexString(bytes));
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

    /// <summary>Every command and route that the original has for it; and the addresses that it was given say that they do nothing.</summary>
    [Fact]
    public async Task Row31_what_is_not_there_on_chain_is_refused_and_not_tried()
    {
        using var temp = new TempFolder();
        string[][] commands =
        [
            ["up", "--name", "a"], ["start", "--name", "a"], ["node", "--name", "a"], ["agent", "serve", "--name", "a"], ["agent", "register", "-n", "a"], ["agent", "discover"],
        ];
        foreach (string[] command in commands)
            (await CliRun.RunAsync([.. command, "--on-chain", "--data", temp.Path])).AssertRefused("BTR-1022", 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));

        string[] addresses = ["ERC8004_IDENTITY_ADDR", "REPUTATION_REGISTRY_ADDRESS", "VALIDATION_REGISTRY_ADDRESS", "AGENT_REGISTRY_ADDRESS", "PAYMENT_VAULT_ADDRESS"];
        SellerOptions options = UpOptions.Read(temp.Data, _ => null, NodeSettings.Load(
            temp.Data, name => addresses.Contains(name) ? "0x36Cae8C9FD52B588c956f502f707CF27E063b702" : null, new Dictionary<string, IReadOnlyList<string>>())).OrThrow();
        Assert.All(addresses, name => Assert.Contains(options.Warnings, warning => warning.StartsWith(name, StringComparison.Ordinal) && warning.EndsWith("it does nothing here", StringComparison.Ordinal)));

        var node = new HttpNodeTests();
        await node.InitializeAsync();
        await node.What_is_not_there_on_chain_is_refused_over_http_too();
        await node.DisposeAsync();
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

    /// <summary>The original's file may ask for it, for two agents of one name's beginning; the chain has nothing of it, and no listing claims a token.</summary>
    [Fact]
    public async Task Row34_nothing_is_minted_for_an_agent_that_only_has_a_name()
    {
        await using var node = new UpNode();
        await File.WriteAllTextAsync(Path.Combine(node.Data, "agents.yaml"), "agents:\n  - { name: a, on_chain: true, executor: { builtin: echo } }\n  - { name: ab, on_chain: true, executor: { builtin: echo } }\n");
        await node.StartAsync("--no-mdns");
        using var http = new HttpClient();
        var chain = new JsonRpcChainClient(http, DevnetInfo.Read(new DataFolder(node.Data))!.Url);
        Address[] accounts = [.. (await node.AskAsync("wallet", "address")).EnumerateObject().Where(account => account.Name != "network").Select(account => Address.Parse(account.Value.GetString()!))];

        Assert.Equal(2, node.First.GetProperty("agents").GetArrayLength());
        Assert.All((await node.AskAsync("market", "list")).EnumerateArray().Concat(node.First.GetProperty("agents").EnumerateArray()), listing => Assert.False(listing.TryGetProperty("tokenId", out _)));
        Assert.NotEmpty(accounts);
        foreach (Address account in accounts)
            Assert.Equal(0ul, await chain.GetTransactionCountAsync(account, BlockTag.Latest, default));
        using var temp = new TempFolder();
        (await CliRun.RunAsync("agent", "register", "-n", "x", "--on-chain", "--data", temp.Path)).AssertRefused("BTR-1022", 2);
    }

    /// <summary>One that cannot be opened lets no node begin; one that breaks ends the node that runs. Both say which, and what there was stays.</summary>
    [Fact]
    public async Task Row35_a_store_that_fails_takes_the_node_down_with_its_reason()
    {
        await new BadInputTests().A_damaged_database_stays_as_it_is();
        await new BrokenDiskTests().A_failing_disk_brings_the_node_down_and_nothing_is_lost();
    }

    [Fact]
    public Task Row41_a_slow_peer_holds_up_nobody() => new JsBuyerTests(world).A_slow_peer_holds_up_nobody_and_is_answered_once_it_has_said_all();

    [Fact]
    public void Row42_what_strangers_write_begins_no_line_of_the_log() => new LineLoggerTests().What_strangers_write_cannot_begin_a_line_of_its_own_or_steer_the_terminal();

    [Fact]
    public Task Row43_an_error_is_told_from_data_by_its_frame() => new JsBuyerTests(world).A_frame_of_a_type_that_nobody_knows_gets_the_originals_words();

    /// <summary>By whichever route it was asked for, and as an answer or as events.</summary>
    [Fact]
    public async Task Row45_long_work_is_not_cut_off()
    {
        await new GoldenTests().A_long_execution_is_waited_for();
        await new StreamedWorkTests().Long_work_says_that_it_lives_and_then_what_came_of_it();
    }

    /// <summary>A foreign peer sees it come and go; it is reached by its id with the slash; and what is answered says that it is JSON.</summary>
    [Fact]
    public async Task Row46_an_agent_that_comes_over_http_is_on_the_network_and_can_go_again()
    {
        await using var node = new UpNode("first");
        string token = (await node.RunAsync("token", "new", "--role", "spend")).Out.Trim();
        await node.StartAsync("--no-mdns", "--http", "127.0.0.1:0");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(node.First.GetProperty("http").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await using PartnerNode peer = await world.PeerAsync();
        await peer.DialAsync(node.Address);

        using HttpResponseMessage made = await http.PostAsync("agents", Json("""{"name":"second","executor":{"kind":"builtin","target":"echo"}}"""));
        using JsonDocument agent = JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        string id = agent.RootElement.GetProperty("id").GetString()!, did = agent.RootElement.GetProperty("agentID").GetString()!;
        Assert.Equal(("application/json", $"{node.PeerId}/{did}"), (made.Content.Headers.ContentType!.MediaType, id));
        await node.SeesAsync(did);
        Assert.Contains(did, await ListedAsync(peer, node));

        using HttpResponseMessage done = await http.PostAsync($"agents/{Uri.EscapeDataString(id)}/execute", Json("""{"input":"hello"}"""));
        Assert.Equal("{\"output\":\"hello\"}\n", await done.Content.ReadAsStringAsync());
        using HttpResponseMessage gone = await http.DeleteAsync("v1/agents/" + Uri.EscapeDataString(id));
        Assert.Equal(200, (int)gone.StatusCode);
        await node.MissesAsync(did);
        Assert.DoesNotContain(did, await ListedAsync(peer, node));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string[]> ListedAsync(PartnerNode peer, UpNode node) =>
        [.. (await peer.AskAsync("list", new { peer = node.PeerId }))["listings"]!.AsArray().Select(listing => listing!["id"]!.GetValue<string>())];

    [Fact]
    public Task Row47_what_a_node_does_can_be_measured() => new MetricsTests().What_the_node_counts_is_there_for_prometheus();

    /// <summary>What could never work works or says why; what was taken and ignored is refused; nothing is written on the way; prices are in the token that is paid.</summary>
    [Fact]
    public async Task Row48_a_command_that_needs_a_node_says_so_and_makes_no_keys()
    {
        using var temp = new TempFolder();
        string[][] needNode = [["agent", "register", "-n", "x", "-p", "0.5", "--builtin", "echo"], ["order", "create", "--agent-id", "x"], ["workflow", "create", "--chain", "x", "--input", "y"]];
        foreach (string[] command in needNode)
            (await CliRun.RunAsync([.. command, "--data", temp.Path])).AssertRefused("BTR-2010", 1);
        (await CliRun.RunAsync("up", "--x402", "--data", temp.Path)).AssertRefused("BTR-1002", 2);
        await CliRun.RunAsync("agent", "config", "list", "--data", temp.Path);
        await CliRun.RunAsync("config", "print", "--data", temp.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));

        await using var node = new UpNode("first");
        await node.StartAsync("--no-mdns");
        CliRun registered = await node.RunAsync("agent", "register", "-n", "x", "-p", "0.5", "--builtin", "echo");
        Assert.True(registered.ExitCode == 0, registered.Error);
        string listed = (await node.RunAsync("agent", "list")).Out;
        Assert.Matches("x +.*0\\.5 USDC", listed);
        Assert.DoesNotContain("ETH", listed, StringComparison.Ordinal);
    }
}
