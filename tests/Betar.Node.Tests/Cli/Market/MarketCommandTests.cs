using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;
using Betar.Node.Cli;
using Betar.Node.Cli.Paying;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering.Market;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Market;

/// <summary>The commands of the marketplace against a control socket whose marketplace the test fills.</summary>
public sealed class MarketCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeMarket _market = new() { Progress = new MarketProgress(5, 0, 0, 4, 100) };
    private MarketChangeLog _changes = null!;
    private ControlServer _server = null!;

    public async Task InitializeAsync()
    {
        _changes = new MarketChangeLog(_market, TimeProvider.System);
        _server = (await ControlServer.StartAsync(
            _folder.Data, new MarketControl(_market, _market, _changes, TimeProvider.System).Handlers, NullLogger<ControlServer>.Instance, default)).OrThrow();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _changes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_list_goes_through_all_pages()
    {
        Assert.StartsWith("Nothing is for sale", (await RunAsync("market", "list")).Out, StringComparison.Ordinal);
        _market.Listings.AddRange(Enumerable.Range(0, 1203).Select(n => FakeMarket.Listing($"did:key:{n:0000}")));

        Assert.Equal(1203, (await RunAsync("market", "list", "--json")).Json().GetArrayLength());
        Assert.Equal(1204, (await RunAsync("market", "list")).Out.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task A_search_says_how_to_get_the_next_page()
    {
        Assert.Equal("Nothing fits.", (await RunAsync("market", "search", "echo")).Out.TrimEnd());
        _market.Listings.AddRange(Enumerable.Range(0, 5).Select(n => FakeMarket.Listing($"did:key:{n}")));
        CliRun page = await RunAsync("market", "search", "two", "words", "--limit", "2", "--sort", "success", "--alive", "--tag", "x", "--trust", "verified");

        Assert.EndsWith("3 more: add --cursor 2\n", page.Out, StringComparison.Ordinal);
        Assert.Equal("two words", _market.Asked[^1].Text);
        Assert.Equal(["x"], _market.Asked[^1].Tags);
        Assert.DoesNotContain("more", (await RunAsync("market", "search", "--limit", "2", "--cursor", "4")).Out, StringComparison.Ordinal);
        (await RunAsync("market", "search", "--sort", "luck")).AssertRefused("BTR-1003", 2);
    }

    [Fact]
    public async Task Every_condition_of_a_search_reaches_the_node()
    {
        await RunAsync(
            "market", "search", "two", "words", "--tag", "a", "--tag", "b", "--min-price", "0.001", "--max-price", "0.25", "--network", "eip155:1", "--trust", "own", "--trust", "verified",
            "--sort", "latency", "--limit", "7", "--cursor", "3", "--alive");

        SearchQuery asked = _market.Asked[^1];
        Assert.Equal(("two words", "1000", "250000", "eip155:1"), (asked.Text, asked.MinPrice.ToString(), asked.MaxPrice.ToString(), asked.Network));
        Assert.Equal(["a", "b"], asked.Tags);
        Assert.Equal([TrustLevel.Own, TrustLevel.Verified], asked.Trust);
        Assert.Equal((SearchSort.Latency, 7, "3", true), (asked.Sort, asked.Limit, asked.Cursor, asked.AliveOnly));
    }

    [Fact]
    public async Task What_strangers_wrote_has_no_power_in_what_is_printed()
    {
        const string Evil = "evil\u001b[2J\u202e\nname";
        _market.Listings.Add(FakeMarket.Listing("did:key:1", name: Evil) with { Description = Evil, PayTo = Evil, Network = Evil });
        _market.Reports["did:key:1"] = new WhyReport { Id = Evil, Key = "/agents/x", IsVisible = true, Trust = TrustLevel.Verified, Reasons = [Evil] };

        foreach (string[] command in new[] { new[] { "list" }, ["search", "x"], ["show", "did:key:1"], ["why", "did:key:1"] })
        {
            CliRun run = await RunAsync(["market", .. command]);
            Assert.Contains("evil", run.Out, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', run.Out);
            Assert.DoesNotContain('\u202e', run.Out);
            Assert.DoesNotContain(run.Out.Split('\n'), line => line.StartsWith("name", StringComparison.Ordinal) && line.Length == 4);
        }
    }

    [Fact]
    public async Task An_audit_ends_with_one_when_something_was_contested()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:1"));
        Assert.Equal(0, (await RunAsync("market", "verify")).ExitCode);
        _market.Listings.Add(FakeMarket.Listing("did:key:2", TrustLevel.Disputed));

        CliRun contested = await RunAsync("market", "verify", "--json");
        Assert.Equal(1, contested.ExitCode);
        Assert.StartsWith("BTR-4013: 1 listings", contested.Error, StringComparison.Ordinal);
        Assert.False(contested.Json().GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Watching_prints_what_changes_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var output = new LineWriter();
        Task<int> watching = BetarCli.RunAsync(["market", "watch", "--data", _folder.Path], new CliHost(output, TextWriter.Null, _ => null, TimeProvider.System), stop.Token);
        // Whoever comes before the first question is missed: so it is said again until it is seen.
        while (await output.NextAsync(TimeSpan.FromMilliseconds(50)) is null)
            _market.Change(new MarketChange("did:key:1", FakeMarket.Listing("did:key:1")));
        stop.Cancel();

        Assert.Equal(0, await watching);
        Assert.Contains("listed    echo, 0.001 USDC, verified: did:key:1", output.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_watches_a_list_sees_the_node_catch_up_and_then_the_list()
    {
        _market.Progress = new MarketProgress(1, 3, 0, 1, 1);
        _market.Listings.Add(FakeMarket.Listing("did:key:1"));
        using var output = new StringWriter();
        using var error = new LineWriter();
        Task<int> listing = BetarCli.RunAsync(["market", "list", "--data", _folder.Path], new CliHost(output, error, _ => null, TimeProvider.System) { Watched = true });
        await error.NextAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("catching up [#######-----------------------] 1 of at least 4 nodes", error.Seen, StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
        _market.Progress = new MarketProgress(4, 0, 0, 1, 1);

        Assert.Equal(0, await listing);
        Assert.Contains("did:key:1", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r", error.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_is_bought_by_its_id_or_by_a_name_that_only_one_has()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:1"));
        _market.Listings.Add(FakeMarket.Listing("did:key:2", name: "other"));
        Assert.Equal("did:key:1", (await FindAsync("did:key:1")).Value.Agent);
        Assert.Equal("did:key:2", (await FindAsync("other")).Value.Agent);
        Assert.Equal("BTR-4011", (await FindAsync("nobody")).Refusal!.Error.Code);

        _market.Listings.Add(FakeMarket.Listing("did:key:3", name: "other"));
        CliRefusal two = (await FindAsync("other")).Refusal!;
        Assert.Equal("BTR-1003", two.Error.Code);
        Assert.Contains("did:key:2, did:key:3", two.Next, StringComparison.Ordinal);
        _market.Listings.Add(FakeMarket.Listing("did:key:4", TrustLevel.Hearsay, name: "liar"));
        Assert.Equal("BTR-4012", (await FindAsync("liar")).Refusal!.Error.Code);
        Assert.True((await FindAsync("liar", accept: true)).IsOk);
    }

    [Theory]
    [InlineData("did:key:1")]
    [InlineData("did%3Akey%3A1")]
    [InlineData("did%3akey%3a1")]
    [InlineData("adder")]
    public async Task A_listing_is_named_by_its_id_in_any_spelling_or_by_a_name_that_only_one_has(string text)
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:1", name: "adder"));
        _market.Listings.Add(FakeMarket.Listing("did:key:2", name: "Adder"));
        _market.Reports["did:key:1"] = new WhyReport { Id = "did:key:1", Key = "/agents/x", IsVisible = true, Trust = TrustLevel.Verified, Reasons = [] };

        Assert.Equal("did:key:1", (await RunAsync("market", "show", text, "--json")).Json().GetProperty("id").GetString());
        Assert.Equal("did:key:1", (await RunAsync("market", "why", text, "--json")).Json().GetProperty("id").GetString());
        Assert.Equal("did:key:1", (await FindAsync(text)).Value.Agent);
    }

    [Fact]
    public async Task A_sellers_peer_id_before_the_agents_may_be_escaped_too()
    {
        const string Seller = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
        _market.Listings.Add(FakeMarket.Listing($"{Seller}/did:key:1"));

        foreach (string text in new[] { $"{Seller}/did:key:1", $"{Seller}%2Fdid%3Akey%3A1", $"{Seller}/did%3Akey%3A1" })
            Assert.Equal($"{Seller}/did:key:1", (await RunAsync("market", "show", text, "--json")).Json().GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("why")]
    public async Task A_name_that_several_have_is_refused_with_their_ids(string command)
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:1", name: "adder"));
        _market.Listings.Add(FakeMarket.Listing("did:key:2", TrustLevel.Hearsay, name: "adder"));

        CliRun run = await RunAsync("market", command, "adder");
        run.AssertRefused("BTR-1003", 2);
        Assert.Contains("2 agents are called adder", run.Error, StringComparison.Ordinal);
        Assert.Contains("did:key:1, did:key:2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_many_of_one_name_some_are_shown_and_all_are_counted()
    {
        _market.Listings.AddRange(Enumerable.Range(0, 300).Select(n => FakeMarket.Listing($"did:key:{n:000}", TrustLevel.Hearsay, name: "adder\u202e")));

        CliRun run = await RunAsync("market", "show", "adder\u202e");
        run.AssertRefused("BTR-1003", 2);
        Assert.Contains("300 agents", run.Error, StringComparison.Ordinal);
        Assert.Contains("did:key:019", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("did:key:020", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', run.Error);
    }

    [Theory]
    [InlineData("show", "nobody")]
    [InlineData("why", "nobody")]
    [InlineData("show", "50%25 off")]
    [InlineData("show", "%")]
    public async Task What_nobody_is_called_is_unknown(string command, string text)
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:1", name: "50% off"));

        (await RunAsync("market", command, text)).AssertRefused("BTR-4011", 1);
    }

    [Fact]
    public async Task Without_a_node_there_is_nobody_to_ask()
    {
        using var empty = new TempFolder();
        CliRefusal refusal = (await MarketTarget.FindAsync(Context(empty.Data), "echo", false, default)).Refusal!;
        Assert.Equal("BTR-1004", refusal.Error.Code);
        Assert.Contains("no node is running", refusal.Detail, StringComparison.Ordinal);
        (await CliRun.RunAsync("market", "list", "--data", empty.Path)).AssertRefused("BTR-2010", 1);
        (await CliRun.RunAsync("market", "watch", "--data", empty.Path)).AssertRefused("BTR-2010", 1);
        (await CliRun.RunAsync("market", "verify", "--data", empty.Path)).AssertRefused("BTR-2010", 1);
    }

    private Task<CliRun> RunAsync(params string[] command) => CliRun.RunAsync([.. command, "--data", _folder.Path]);

    private Task<Checked<AgentTarget>> FindAsync(string agent, bool accept = false) => MarketTarget.FindAsync(Context(_folder.Data), agent, accept, default);

    private static CommandContext Context(DataFolder data) => new(TextWriter.Null, TextWriter.Null, TimeProvider.System, _ => null) { Data = data };
}
