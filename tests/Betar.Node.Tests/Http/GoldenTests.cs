using System.Text;
using Betar.Node.Http;

namespace Betar.Node.Tests.Http;

/// <summary>The original's routes, to the byte: what scripts have read for years they go on reading.</summary>
public sealed class GoldenTests
{
    private const string Peer = "12D3KooWDXyU4xNXGZ1HK8Rh5mhtxcvTk6ov9AfXwtJBCbH4KFUe";
    private const string Did = "did:key:z6Mkmzb1XNDH6NDQL19RWTJp9tGPZpVFiXVb3L1wMcJRaEKG";
    private const string Key = "eip155:84532/0x036cbd53842c5426634e7929541ec2318f3dcf7e/0x1a642f0e3c3af545e7acbd38b07251b3990914f1/0x0101010101010101010101010101010101010101010101010101010101010101";

    private static readonly (string Operation, string Answer)[] s_node =
    [
        ("node.status", $$"""{"peerId":"{{Peer}}","addresses":["/ip4/127.0.0.1/tcp/4001/p2p/{{Peer}}"],"connectedPeers":2,"walletAddress":"0x1f3BdFaF62A6f3C4E1774bE085D556d211E738A9","dataDir":"/data","network":"eip155:84532","version":"0.1.0","agents":1,"startedAt":"2026-03-04T05:06:07Z","storeRuns":true}"""),
        ("p2p.peers", """[{"peerId":"a","address":"/ip4/10.0.0.1/tcp/1","inbound":true},{"peerId":"b","address":"/ip4/10.0.0.2/tcp/1"},{"peerId":"a","address":"/ip4/10.0.0.3/tcp/1"}]"""),
        ("wallet.balance", """{"address":"0x1f3BdFaF62A6f3C4E1774bE085D556d211E738A9","balance":0.25,"usdcBalance":12.5,"balanceWei":"250000000000000000","usdcAtomic":"12500000"}"""),
        ("market.search", $$"""{"items":[{"id":"{{Did}}","name":"echo","price":0.001,"priceAtomic":"1000","sellerId":"{{Peer}}","addrs":["/ip4/127.0.0.1/tcp/4001"],"protocols":["/x402/libp2p/1.0.0"],"trust":"own","tokenId":"7","lastSeen":"2026-03-04T05:06:07Z","alive":true}],"next":null,"matches":1}"""),
        ("agents.local", $$"""[{"id":"{{Peer}}/{{Did}}","name":"echo","description":"says it again","price":0.001,"metadataCID":"","agentID":"{{Did}}","status":"active","createdAt":"2026-03-04T05:06:07Z","priceAtomic":"1000","payTo":"0x","executor":"builtin"}]"""),
        ("agents.register", $$"""{"id":"{{Peer}}/{{Did}}","name":"echo","description":"","price":0,"metadataCID":"","agentID":"{{Did}}","status":"active","createdAt":"2026-03-04T05:06:07Z","priceAtomic":"0"}"""),
        ("agents.execute", """{"output":"hello","purchaseId":"p","stage":"Done","amount":"1000"}"""),
        ("orders.list", $$"""[{"at":"2026-03-04T05:06:07+00:00","state":"Delivered","reference":"","amount":"1000","agentId":"{{Did}}","payment":"{{Key}}"},{"at":"2026-03-04T05:06:07+00:00","state":"RefundOwed","reference":"","amount":"5","agentId":"x","payment":"y"}]"""),
        ("orders.create", GoldenAnswers.NewOrder),
        ("sessions.list", $"[{GoldenAnswers.Session}]"),
        ("sessions.show", GoldenAnswers.Session),
        ("workflows.list", $"[{GoldenAnswers.RunningWorkflow}]"),
        ("workflows.create", GoldenAnswers.NewWorkflow),
        ("workflows.show", GoldenAnswers.RunningWorkflow),
        ("workflows.cancel", GoldenAnswers.CanceledWorkflow),
    ];

    [Theory]
    [InlineData("health", "GET", "/health", null)]
    [InlineData("health", "POST", "/health", null)]
    [InlineData("status", "GET", "/status", null)]
    [InlineData("peers", "GET", "/peers", null)]
    [InlineData("balance", "GET", "/wallet/balance", null)]
    [InlineData("agents", "GET", "/agents", null)]
    [InlineData("agents", "GET", "/agents?on-chain=true", null)]
    [InlineData("agents-local", "GET", "/agents/local", null)]
    [InlineData("agents-new", "POST", "/agents", """{"Name":"echo","OPENAIBaseURL":"https://models.example/v1"}""")]
    [InlineData("execute", "POST", "/agents/" + Peer + "%2F" + Did + "/execute", """{"Input":"hello"}""")]
    [InlineData("orders", "GET", "/orders", null)]
    [InlineData("orders-new", "POST", "/orders", """{"AgentID":"x","price":1}""")]
    [InlineData("sessions", "GET", "/sessions/x", null)]
    [InlineData("session", "GET", "/sessions/x/c", null)]
    [InlineData("workflows", "GET", "/workflows", null)]
    [InlineData("workflows-new", "POST", "/workflows", """{"agentids":["x"],"INPUT":"y"}""")]
    [InlineData("workflow", "GET", "/workflows/w", null)]
    [InlineData("workflow-cancel", "DELETE", "/workflows/w", null)]
    [InlineData("card", "GET", "/.well-known/agent.json", null)]
    [InlineData("cards", "GET", "/.well-known/agents.json", null)]
    public async Task It_answers_as_the_golden_file_says(string file, string method, string path, string? body)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(s_node);
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(new HttpMethod(method), path, body, ("Host", "localhost"));
        string text = $"{(int)response.StatusCode} {response.Content.Headers.ContentType}\n{await response.Content.ReadAsStringAsync()}";

        string golden = Path.Combine(AppContext.BaseDirectory, "Http", "Golden", file + ".txt");
        Assert.True(File.Exists(golden), $"{golden} is not there; it should be\n{text}");
        Assert.Equal(await File.ReadAllTextAsync(golden, Encoding.UTF8), text);
    }

    [Fact]
    public async Task An_id_with_a_slash_reaches_the_agent_whole()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(s_node);
        world.Use(ApiRole.Spend);
        await world.PostAsync($"/agents/{Peer}%2F{Did}/execute", """{"input":"hello"}""");

        Assert.Equal([("agents.execute", $$"""{"agentId":"{{Peer}}/{{Did}}","task":"hello"}""")], world.Calls);
    }

    [Theory]
    [InlineData("POST", "/agents/x/execute", """{"input":"y"}""", "agents.execute", 500, "execution failed: ")]
    [InlineData("POST", "/agents", """{"name":"y"}""", "agents.register", 400, "BTR-4007: ")]
    [InlineData("GET", "/workflows/w", null, "workflows.show", 404, "BTR-4007: ")]
    [InlineData("DELETE", "/workflows/w", null, "workflows.cancel", 404, "BTR-4007: ")]
    [InlineData("GET", "/sessions/x/y", null, "sessions.show", 404, "BTR-4007: ")]
    [InlineData("POST", "/orders", """{"agentId":"y"}""", "orders.create", 500, "BTR-4007: ")]
    [InlineData("GET", "/wallet/balance", null, "wallet.balance", 500, "BTR-4007: ")]
    public async Task What_is_refused_has_the_originals_status_and_is_a_line_of_text(string method, string path, string? body, string operation, int status, string begins)
    {
        await using ApiWorld world = await ApiWorld.StartAsync((operation, "!BTR-4007 not so"));
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(new HttpMethod(method), path, body);
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal((status, "text/plain; charset=utf-8"), ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.StartsWith(begins, text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orders", """{"price":1}""")]
    [InlineData("/orders", """{"agentId":""}""")]
    [InlineData("/workflows", """{"agentIds":[],"input":"x"}""")]
    [InlineData("/workflows", """{"agentIds":["x"],"input":""}""")]
    [InlineData("/workflows", """{"agentIds":"x","input":"y"}""")]
    public async Task What_lacks_something_is_refused_before_anything_is_asked(string path, string body)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(s_node);
        world.Use(ApiRole.Spend);

        Assert.Equal(400, (await world.PostAsync(path, body)).Status);
        Assert.Empty(world.Calls);
    }

    [Fact]
    public async Task A_market_of_several_pages_is_one_list()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        string Page(string id, string next) => $$"""{"items":[{"id":"{{id}}","name":"","price":0,"sellerId":"s","addrs":[],"protocols":[],"lastSeen":"2026-03-04T05:06:07Z"}],"next":{{next}},"matches":2}""";
        world.Handle("market.search", arguments => Node.Control.ControlAnswer.Json(writer =>
            writer.WriteRawValue(arguments.TryGetProperty("cursor", out _) ? Page("b", "null") : Page("a", "\"c\""))));

        (int status, string body) = await world.GetAsync("/agents");

        Assert.Equal(200, status);
        Assert.Contains("\"id\":\"a\"", body, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"b\"", body, StringComparison.Ordinal);
    }

    /// <summary>The original's server broke off after 30 s.</summary>
    [Fact]
    public async Task A_long_execution_is_waited_for()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);
        var done = new TaskCompletionSource();
        world.Handle("agents.execute", async (_, _) =>
        {
            await done.Task;
            return Node.Control.ControlAnswer.Json(writer => writer.WriteRawValue("""{"output":"late"}"""));
        });
        Task<(int Status, string Body)> asked = world.PostAsync("/agents/x/execute", """{"input":"y"}""");
        while (world.Calls.Count == 0)
            await Task.Yield();
        world.Time.Advance(TimeSpan.FromMinutes(10));
        done.SetResult();

        Assert.Equal((200, "{\"output\":\"late\"}\n"), await asked);
    }
}
