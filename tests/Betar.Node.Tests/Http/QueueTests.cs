using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Betar.Agents.Tests.Support;
using Betar.Node.Http;
using Betar.Node.Tests.Marketplace;

namespace Betar.Node.Tests.Http;

/// <summary>An agent that has as much to do as it may take, of the real executable.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task Who_waits_is_counted_and_who_finds_no_place_is_told_when_to_come_again()
    {
        var release = new TaskCompletionSource();
        await using var slow = new LoopbackServer(async asked =>
        {
            await release.Task;
            await asked.AnswerAsync(200, """{"output":"done"}""");
        });
        await using var node = new UpNode();
        await File.WriteAllTextAsync(Path.Combine(node.Data, "agents.yaml"),
            $"agents:\n  - name: slow\n    price: 0\n    concurrency: 1\n    queue: 1\n    executor: {{ http: {{ url: '{slow.Url}', allowPrivate: true }} }}\n");
        string token = (await node.RunAsync("token", "new", "--role", "spend")).Out.Trim();
        await node.StartAsync("--no-mdns", "--http", "127.0.0.1:0");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(node.First.GetProperty("http").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Task<HttpResponseMessage> first = AskAsync(http), second = AskAsync(http);
        while (!(await http.GetStringAsync("metrics")).Contains("\nbetar_agents_waiting 1\n", StringComparison.Ordinal))
            await Task.Yield();
        using HttpResponseMessage third = await AskAsync(http);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.True(third.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        string full = await http.GetStringAsync("metrics");
        Assert.Contains("\nbetar_agents_running 1\n", full, StringComparison.Ordinal);
        Assert.Contains("\nbetar_agents_limit_hits_total{limit=\"queue\"} 1\n", full, StringComparison.Ordinal);

        release.SetResult();
        foreach (Task<HttpResponseMessage> asked in new[] { first, second })
        {
            using HttpResponseMessage done = await asked;
            Assert.Contains("done", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        string after = await http.GetStringAsync("metrics");
        Assert.Contains("\nbetar_agents_running 0\n", after, StringComparison.Ordinal);
        Assert.Contains("\nbetar_agents_waiting 0\n", after, StringComparison.Ordinal);
        Assert.Contains("\nbetar_agents_tasks_total{end=\"done\"} 2\n", after, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http) =>
        http.PostAsync("v1/agents/slow/execute", new StringContent("""{"task":"x"}""", Encoding.UTF8, ApiAnswer.JsonType));
}
