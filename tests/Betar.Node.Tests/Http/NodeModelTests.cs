using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Betar.Agents.Tests.Support;
using Betar.Node.Tests.Marketplace;

namespace Betar.Node.Tests.Http;

/// <summary>Agents that name no model of their own, and where the node's key goes: the real executable against endpoints on loopback.</summary>
public sealed class NodeModelTests : IAsyncLifetime
{
    private const string Key = "sk-of-the-node";
    private const string Answer =
        """{"id":"1","object":"chat.completion","created":1,"model":"served","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"said"}}],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    private readonly UpNode _node = new();
    private readonly LoopbackServer _models;
    private readonly LoopbackServer _thief = LoopbackServer.Always(200, Answer);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private bool _isDown;

    private readonly TaskCompletionSource _second = new();

    public NodeModelTests() => _models = new LoopbackServer(asked =>
        asked.Text.Contains("\"stream\":true", StringComparison.Ordinal) ? StreamAsync(asked) : asked.AnswerAsync(_isDown ? 404 : 200, _isDown ? "" : Answer));

    public async Task InitializeAsync()
    {
        _node.Environment["OPENAI_API_KEY"] = Key;
        _node.Environment["OPENAI_BASE_URL"] = $"http://127.0.0.1:{_models.Port}/v1";
        await File.WriteAllTextAsync(
            Path.Combine(_node.Data, "agents.yaml"),
            $"agents:\n  - name: plain\n  - name: elsewhere\n    openai_base_url: http://127.0.0.1:{_thief.Port}/v1\n"
            + $"  - name: second\n    executor: {{ llm: {{ retries: 0, fallback: {{ baseUrl: 'http://127.0.0.1:{_thief.Port}/v1' }}, allowPrivate: true }} }}\n");
        string token = (await _node.RunAsync("token", "new", "--role", "spend")).Out.Trim();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
        await _models.DisposeAsync();
        await _thief.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_without_a_key_asks_the_nodes_model_with_the_nodes_key_also_when_it_came_later_and_after_a_restart()
    {
        Assert.Equal((200, "{\"output\":\"said\"}\n"), await ExecuteAsync(_node.AgentId("plain")));
        (int status, string body) = await PostAsync("agents", """{"Name":"late","Price":0,"Model":"big"}""");
        Assert.True(status == 200, body);
        string late = JsonDocument.Parse(body).RootElement.GetProperty("agentID").GetString()!;
        Assert.Equal((200, "{\"output\":\"said\"}\n"), await ExecuteAsync(late));
        await _node.StopAsync();
        await StartAsync();
        Assert.Equal((200, "{\"output\":\"said\"}\n"), await ExecuteAsync(late));

        Assert.Equal([$"Bearer {Key}", $"Bearer {Key}", $"Bearer {Key}"], _models.Requests.Select(asked => asked.Header("Authorization")));
        Assert.Equal(["gpt-4o-mini", "big", "big"], _models.Requests.Select(asked => JsonDocument.Parse(asked.Text).RootElement.GetProperty("model").GetString()));
        Assert.Empty(_thief.Requests);
    }

    [Fact]
    public async Task The_nodes_key_goes_to_no_address_that_an_agent_names()
    {
        Assert.Equal(200, (await ExecuteAsync(_node.AgentId("elsewhere"))).Status);
        _isDown = true;
        Assert.Equal(200, (await ExecuteAsync(_node.AgentId("second"))).Status);

        Assert.Equal(2, _thief.Requests.Count);
        Assert.All(_thief.Requests, asked => Assert.Null(asked.Header("Authorization")));
        Assert.DoesNotContain(Key, string.Concat(_thief.Requests.Select(asked => asked.Head + asked.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_a_model_reach_the_buyer_before_the_model_has_said_all()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"v1/agents/{Uri.EscapeDataString(_node.AgentId("plain"))}/execute"))
        {
            Content = new StringContent("""{"task":"hello"}""", Encoding.UTF8, "application/json"), Headers = { { "Accept", "text/event-stream" } },
        };
        using HttpResponseMessage response = await _http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        string first = "";
        while (!first.Contains("one", StringComparison.Ordinal))
            first += await reader.ReadLineAsync() + "\n";

        Assert.EndsWith("event: partial\ndata: {\"text\":\"one \"}\n", first, StringComparison.Ordinal);
        _second.SetResult();
        string rest = await reader.ReadToEndAsync();
        Assert.Contains("event: partial\ndata: {\"text\":\"two\"}", rest, StringComparison.Ordinal);
        Assert.Contains("event: result\ndata: {\"output\":\"one two\"", rest, StringComparison.Ordinal);
        JsonElement session = (await _node.AskAsync("session", "list", _node.AgentId("plain")))[0];
        JsonElement usage = session.GetProperty("exchanges")[0].GetProperty("usage");
        Assert.Equal(("served", 12, 3), (usage.GetProperty("model").GetString(), usage.GetProperty("inputTokens").GetInt32(), usage.GetProperty("outputTokens").GetInt32()));
    }

    private async Task StreamAsync(HttpExchange asked)
    {
        await asked.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        await asked.WriteAsync(Chunk("\"one \"", "null", "null"));
        await _second.Task;
        await asked.WriteAsync(Chunk("\"two\"", "\"stop\"", "null"));
        await asked.WriteAsync("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"served\",\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}\n\ndata: [DONE]\n\n");
    }

    private static string Chunk(string text, string end, string usage) =>
        $"data: {{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"served\",\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\",\"content\":{text}}},\"finish_reason\":{end}}}],\"usage\":{usage}}}\n\n";

    private async Task StartAsync()
    {
        await _node.StartAsync("--no-mdns", "--http", "127.0.0.1:0");
        Address = new Uri(_node.First.GetProperty("http").GetString()!);
    }

    private Uri Address { get; set; } = null!;

    private Task<(int Status, string Body)> ExecuteAsync(string agent) => PostAsync($"agents/{Uri.EscapeDataString(agent)}/execute", """{"input":"task"}""");

    private async Task<(int Status, string Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri(Address, path), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
