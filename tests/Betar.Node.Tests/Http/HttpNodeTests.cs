using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Http;

/// <summary>The real executable, asked over its real port.</summary>
public sealed class HttpNodeTests : IAsyncLifetime
{
    private const string Secret = "sk-of-the-node-that-nobody-may-have";

    private readonly UpNode _node = new("echo");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public async Task InitializeAsync()
    {
        string token = (await _node.RunAsync("token", "new", "--role", "spend")).Out.Trim();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task A_running_fleet_is_seen_works_and_counts()
    {
        await StartAsync();
        JsonElement local = (await GetAsync("agents/local"))[0], listed = (await GetAsync("agents"))[0];
        Assert.Equal(_node.PeerId, (await GetAsync("status")).GetProperty("peerId").GetString());
        Assert.Equal(local.GetProperty("agentID").GetString(), listed.GetProperty("id").GetString());
        Assert.Equal(local.GetProperty("agentID").GetString(), (await GetAsync(".well-known/agent.json")).GetProperty("skills")[0].GetProperty("id").GetString());

        // By the id that the SDK of the original gives it, and by the plain one.
        foreach (string id in new[] { local.GetProperty("id").GetString()!, local.GetProperty("agentID").GetString()! })
            Assert.Equal((200, "{\"output\":\"hello\"}\n"), await PostAsync($"agents/{Uri.EscapeDataString(id)}/execute", """{"input":"hello"}"""));
        Assert.Equal(0, (await GetAsync("v1/orders")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await GetAsync("wallet/balance")).GetProperty("usdcBalance").GetDecimal());
        string metrics = await _http.GetStringAsync("metrics");
        Assert.Contains("betar_orders_count 0", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", metrics, StringComparison.Ordinal);
        Assert.Equal("echo", (await _node.AskAsync("agent", "list"))[0].GetProperty("name").GetString());
        JsonElement top = await _node.AskAsync("top", "--once"), overview = await GetAsync("v1/overview");
        Assert.Equal(top.EnumerateObject().Select(field => field.Name), overview.EnumerateObject().Select(field => field.Name));
        Assert.Equal((1, 0), (top.GetProperty("agentCount").GetInt32(), top.GetProperty("orders").GetProperty("total").GetInt32()));
        Assert.Equal(2, top.GetProperty("agents")[0].GetProperty("completed").GetInt32());
        Assert.Equal(0, (await _node.RunAsync("logs", "--level", "debug")).ExitCode);
    }

    [Fact]
    public async Task Agents_come_and_go_and_the_network_hears_of_it()
    {
        await StartAsync();
        (int status, string body) = await PostAsync("v1/agents", """{"name":"second","price":"0.002","executor":{"kind":"builtin","target":"echo","config":{}}}""");
        Assert.True(status == 200, body);
        string id = JsonDocument.Parse(body).RootElement.GetProperty("agentID").GetString()!;
        Assert.Equal(400, (await PostAsync("v1/agents", """{"name":"second","executor":{"kind":"builtin","target":"echo"}}""")).Status);
        await _node.SeesAsync(id);
        Assert.Contains((await GetAsync("agents")).EnumerateArray(), listing => listing.GetProperty("id").GetString() == id);

        using HttpResponseMessage gone = await _http.DeleteAsync("v1/agents/" + Uri.EscapeDataString(id));
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        using HttpResponseMessage again = await _http.DeleteAsync("v1/agents/" + Uri.EscapeDataString(id));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_on_chain_is_refused_over_http_too()
    {
        await StartAsync();
        (int status, string body) = await PostAsync("agents", """{"name":"second","OnChain":true,"executor":{"kind":"builtin","target":"echo"}}""");
        Assert.Equal(400, status);
        Assert.StartsWith("BTR-1022", body, StringComparison.Ordinal);
        Assert.Single((await GetAsync("agents/local")).EnumerateArray());
        using HttpResponseMessage reputation = await _http.GetAsync("agents/reputation/7");
        Assert.Equal(HttpStatusCode.NotFound, reputation.StatusCode);
    }

    /// <summary>The original gave its own key to whatever address a stranger named.</summary>
    [Theory]
    [InlineData("""{"name":"thief","provider":"openai","openAIBaseURL":"ADDRESS"}""", "BTR-4044")]
    [InlineData("""{"name":"thief","openAIBaseURL":"ADDRESS","apiKey":"env:OPENAI_API_KEY"}""", "BTR-4007")]
    [InlineData("""{"name":"thief","executor":{"kind":"llm","config":{"provider":"openai","baseUrl":"ADDRESS","apiKey":"env:OPENAI_API_KEY"}}}""", "BTR-4007")]
    [InlineData("""{"name":"thief","executor":{"kind":"llm","config":{"provider":"openai","baseUrl":"ADDRESS","allowPrivate":true}}}""", "BTR-4007")]
    [InlineData("""{"name":"thief","executor":{"kind":"http","target":"x","config":{"url":"ADDRESS","secret":"env:OPENAI_API_KEY"}}}""", "BTR-4007")]
    [InlineData("""{"name":"thief","executor":{"kind":"process","target":"x","config":{"command":["/bin/cat"]}}}""", "BTR-4007")]
    public async Task An_agent_from_outside_never_gets_the_nodes_key(string spec, string code)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> heard = HearAsync(listener);
        await StartAsync(new Dictionary<string, string> { ["OPENAI_API_KEY"] = Secret });
        (int status, string body) = await PostAsync("agents", spec.Replace("ADDRESS", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1", StringComparison.Ordinal));
        bool isTaken = status == 200;
        string refused = isTaken
            ? (await PostAsync($"agents/{Uri.EscapeDataString(JsonDocument.Parse(body).RootElement.GetProperty("agentID").GetString()!)}/execute", """{"input":"hello"}""")).Body
            : body;
        Assert.StartsWith(isTaken ? $"execution failed: {code}" : code, refused, StringComparison.Ordinal);
        listener.Stop();
        Assert.Empty(await heard);
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_http_nothing_listens_and_the_command_line_still_asks()
    {
        await _node.StartAsync("--no-mdns", "--http", "none");

        Assert.Equal(JsonValueKind.Null, _node.First.GetProperty("http").ValueKind);
        Assert.Equal("echo", (await _node.AskAsync("agent", "list"))[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        CliRun run = await NodeProgram.RunAsync("up", "--data", _node.Data, "--no-mdns", "--http", holder.LocalEndpoint.ToString()!);

        run.AssertRefused("BTR-2008", 1);
    }

    private async Task StartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        await _node.StartWithAsync(environment ?? new Dictionary<string, string>(), "--no-mdns", "--http", "127.0.0.1:0");
        _http.BaseAddress = new Uri(_node.First.GetProperty("http").GetString()!);
    }

    private static async Task<string> HearAsync(TcpListener listener)
    {
        var all = new StringBuilder();
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                byte[] bytes = new byte[4096];
                int length = await client.GetStream().ReadAsync(bytes);
                all.Append(Encoding.Latin1.GetString(bytes, 0, length));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or IOException)
        {
            return all.ToString();
        }
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument document = JsonDocument.Parse(await _http.GetStringAsync(path));
        return document.RootElement.Clone();
    }

    private async Task<(int Status, string Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
