using System.Text;
using System.Text.Json;
using Betar.Agents.Tests.Support;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Tests.Facilitating;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Http;

/// <summary>
/// A node of the real executable on an EVM, that sells a model's answers by their tokens over HTTP: half a unit for a token in, two for one out, at most
/// 50,000 a task; and a wallet with money.
/// </summary>
internal sealed class TokenShop : IAsyncDisposable
{
    public const string Wallet = "shopper";
    public const ulong Most = 50_000;

    private readonly UpNode _node = new();
    private readonly LoopbackServer _model;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private NodeProgram? _chain;

    public TokenShop() => _model = new LoopbackServer(asked => asked.AnswerAsync(
        Status, $$"""{"id":"1","object":"chat.completion","created":1,"model":"served","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"said"} } ]{{Usage}} }"""));

    /// <summary>What the model's endpoint says of the next answers.</summary>
    public string Usage { get; private set; } = "";

    public int Status { get; set; } = 200;

    public UpNode Node => _node;

    public HttpClient Http => _http;

    public DevnetInfo Anvil { get; private set; } = null!;

    public Address Buyer { get; private set; }

    public Uri Url { get; private set; } = null!;

    public Address Seller { get; private set; }

    public IChainClient Chain { get; private set; } = null!;

    public void Uses(long input, long output) => Usage = $",\"usage\":{{\"prompt_tokens\":{input},\"completion_tokens\":{output},\"total_tokens\":{input + output}}}";

    public static async Task<TokenShop> StartAsync(bool withPermits = true, string more = "")
    {
        var shop = new TokenShop();
        try
        {
            CliRun made = await shop._node.RunAsync("wallet", "new", Wallet, "--json");
            shop.Buyer = Address.Parse(made.Json().GetProperty("address").GetString()!);
            shop._chain = NodeProgram.Start("chain", "up", "--data", shop._node.Data, "--json", "--fund", shop.Buyer.ToString());
            shop.Anvil = DevnetInfo.TryParse((await shop._chain.ReadLineAsync())!)!;
            shop.Chain = AnvilNode.Client(shop._http, shop.Anvil.Url, TimeProvider.System);
            await AnvilDoubles.AskAsync(shop._http, shop.Anvil, "anvil_setBalance", shop.Buyer.ToString(), "0xde0b6b3a7640000");
            if (withPermits)
                await AnvilDoubles.PlaceAsync(shop._http, shop.Anvil);
            await shop.DeclareAsync(more);
            await shop.StartAgainAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public async Task StartAgainAsync()
    {
        await _node.StartAsync("--no-mdns", "--network", "anvil", "--http", "127.0.0.1:0");
        Url = new Uri(new Uri(_node.First.GetProperty("http").GetString()!), "x402/agents/" + Uri.EscapeDataString(_node.AgentId("writer")));
        Seller = Address.Parse(_node.First.GetProperty("agents")[0].GetProperty("payTo").GetString()!);
    }

    public Task<CliRun> AllowAsync(string usdc) => _node.RunAsync("wallet", "allow", Wallet, usdc, "--network", "anvil", "--yes", "--json");

    public Task<CliRun> PayAsync(string intent, string task = "hello") =>
        _node.RunAsync("pay", Url.AbsoluteUri, "--max", "0.06", "--wallet", Wallet, "--network", "anvil", "--intent", intent, "--task", task, "--yes", "--json");

    public async Task<JsonElement> DemandAsync()
    {
        using HttpResponseMessage demand = await _http.PostAsync(Url, new StringContent("hello"));
        using JsonDocument demanded = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(demand.Headers.GetValues("PAYMENT-REQUIRED")))));
        return demanded.RootElement.Clone();
    }

    public async Task<ulong> BalanceAsync(Address account) => (ulong)(await new Eip3009Token(Chain, Anvil.Token).BalanceOfAsync(account, default)).Value;

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _chain?.Dispose();
        await _model.DisposeAsync();
        _http.Dispose();
    }

    private Task DeclareAsync(string more) => File.WriteAllTextAsync(
        Path.Combine(_node.Data, "agents.yaml"),
        $$"""
        agents:
          - name: writer
            description: writes
            price: { perMillionInputTokens: 0.5, perMillionOutputTokens: 2, max: 0.05 }
            executor: { llm: { model: served, baseUrl: 'http://127.0.0.1:{{_model.Port}}/v1', allowPrivate: true, retries: 0 } }
        {{more}}
        """);
}
