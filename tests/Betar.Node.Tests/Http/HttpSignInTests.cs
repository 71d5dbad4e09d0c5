using System.Net;
using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;
using Betar.X402;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Http;

/// <summary>Who bought over HTTP signs in and gets it again, also from a node that was started again since; each sign-in is good for once, also then.</summary>
public sealed class HttpSignInTests : IAsyncLifetime
{
    private const string Wallet = "shopper";

    private readonly UpNode _node = new("echo");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private PrivateKey _buyer = null!;
    private Uri _shop = null!;

    public async Task InitializeAsync()
    {
        CliRun made = await _node.RunAsync("wallet", "new", Wallet, "--json");
        _buyer = new Wallets(new DataFolder(_node.Data), _ => null).Load(Wallet).Value;
        await _node.StartAsync("--no-mdns", "--http", "127.0.0.1:0", "--fund", $"{made.Json().GetProperty("address").GetString()}=1");
        _shop = new Uri(new Uri(_node.First.GetProperty("http").GetString()!), "x402/agents/" + Uri.EscapeDataString(_node.AgentId("echo")));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _buyer.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task What_was_bought_is_had_again_for_a_signature_and_a_nonce_is_used_once_over_a_restart()
    {
        CliRun paid = await _node.RunAsync("pay", _shop.AbsoluteUri, "--max", "0.01", "--wallet", Wallet, "--task", "hello", "--yes", "--json");
        Assert.True(paid.ExitCode == 0, paid.Error);
        string used = await SignAsync(_buyer), unused = await SignAsync(_buyer);
        using PrivateKey stranger = PrivateKey.Generate();

        Assert.Equal((HttpStatusCode.OK, "{\"output\":\"hello\"}"), await AskAsync(used));
        Assert.Equal(HttpStatusCode.PaymentRequired, (await AskAsync(await SignAsync(stranger))).Status);
        Assert.Equal(HttpStatusCode.PaymentRequired, (await AskAsync(await SignAsync(_buyer), "another task")).Status);

        await _node.KillAsync();
        await _node.StartAsync("--no-mdns", "--http", _shop.Authority);

        Assert.Equal(HttpStatusCode.PaymentRequired, (await AskAsync(used)).Status);
        Assert.Equal((HttpStatusCode.OK, "{\"output\":\"hello\"}"), await AskAsync(unused));
        Assert.Equal(1, (await _node.AskAsync("order", "list", "--http")).GetArrayLength());
    }

    private async Task<string> SignAsync(PrivateKey key)
    {
        using HttpResponseMessage demand = await _http.PostAsync(_shop, new StringContent("hello"));
        PaymentDemand demanded = WireCodec.ParseDemandHeader(Assert.Single(demand.Headers.GetValues(PaymentHeaders.Required))).Value!;
        SignInMessage message = SignInExtension.Read(demanded.Extensions, _shop, Address.FromKey(key), NetworkId.BaseSepolia)!;
        return SignInExtension.Sign(message, key).ToHeader();
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string signIn, string task = "hello")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _shop) { Content = new StringContent(task, Encoding.UTF8) };
        request.Headers.TryAddWithoutValidation(SignInPayload.HeaderName, signIn);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
