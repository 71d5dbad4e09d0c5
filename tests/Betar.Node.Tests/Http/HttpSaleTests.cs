using System.Net;
using System.Text;
using System.Text.Json;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Http;

/// <summary>A running node sells over HTTP, and <c>betar pay URL</c> buys.</summary>
public sealed class HttpSaleTests : IAsyncLifetime
{
    private const string Wallet = "shopper";

    private readonly UpNode _node = new("echo");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Uri _shop = null!;

    public async Task InitializeAsync()
    {
        await File.AppendAllTextAsync(
            Path.Combine(_node.Data, "agents.yaml"),
            "  - name: picky\n    price: 0.001\n    executor: { builtin: echo }\n    skills: [ { id: n, name: n, input: { type: integer } } ]\n");
        CliRun made = await _node.RunAsync("wallet", "new", Wallet, "--json");
        await _node.StartAsync("--no-mdns", "--http", "127.0.0.1:0", "--fund", $"{made.Json().GetProperty("address").GetString()}=1");
        _shop = new Uri(new Uri(_node.First.GetProperty("http").GetString()!), "x402/agents/" + Uri.EscapeDataString(_node.AgentId("echo")));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task A_task_is_demanded_paid_done_and_settled_once()
    {
        using HttpResponseMessage demand = await _http.PostAsync(_shop, new StringContent("hello"));
        Assert.Equal(HttpStatusCode.PaymentRequired, demand.StatusCode);
        using JsonDocument demanded = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(demand.Headers.GetValues("PAYMENT-REQUIRED")))));
        Assert.Equal("1000", demanded.RootElement.GetProperty("accepts")[0].GetProperty("amount").GetString());

        CliRun paid = await PayAsync("one", "hello"), again = await PayAsync("one", "hello");

        Assert.True(paid.ExitCode == 0, paid.Error);
        Assert.Contains("hello", paid.Out, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
        JsonElement balance = await BalanceAsync();
        Assert.Equal("1000", balance.GetProperty("usdcAtomic").GetString());
        JsonElement sale = Assert.Single((await _node.AskAsync("order", "list", "--http")).EnumerateArray());
        Assert.Equal(("exact", "Delivered", "1000", "1000", _node.AgentId("echo")), (
            sale.GetProperty("scheme").GetString(), sale.GetProperty("state").GetString(), sale.GetProperty("amount").GetString(), sale.GetProperty("charged").GetString(),
            sale.GetProperty("agentId").GetString()));
        CliRun audit = await _node.RunAsync("ledger", "verify", "--chain", "--json");
        Assert.True(audit.ExitCode == 0, audit.Error);
        CliRun text = await _node.RunAsync("ledger", "verify");
        Assert.Contains("Over HTTP 1 sales: in 0.001 USDC, kept 0.001", text.Out, StringComparison.Ordinal);
        Assert.Contains("\nbetar_web_work_total{end=\"done\"} 1\n", await _http.GetStringAsync(new Uri(_shop, "/metrics")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inputs":"x"}""")]
    [InlineData("""{"input":""")]
    public async Task A_task_that_cannot_be_read_is_refused_before_it_is_paid(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(_shop, content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("picky", 3, 422)]
    [InlineData("echo", 65_537, 422)]
    [InlineData("echo", 65_536, 402)]
    public async Task A_task_that_the_agent_does_not_take_is_refused_before_it_is_paid(string agent, int length, int status)
    {
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(_shop, Uri.EscapeDataString(_node.AgentId(agent))), new StringContent(new string('x', length)));

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 422)
            Assert.Contains("BTR-4040", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_not_sold()
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(_shop, "nobody"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<CliRun> PayAsync(string intent, string task) =>
        _node.RunAsync("pay", _shop.AbsoluteUri, "--max", "0.01", "--wallet", Wallet, "--intent", intent, "--task", task, "--yes", "--json");

    private async Task<JsonElement> BalanceAsync()
    {
        using JsonDocument document = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_shop, "/v1/wallet/balance")));
        return document.RootElement.Clone();
    }
}
