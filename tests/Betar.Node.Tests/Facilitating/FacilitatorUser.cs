using System.Net.Http.Json;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary>A seller and its buyer at somebody's facilitator, which runs as a process of its own.</summary>
internal sealed class FacilitatorUser : IDisposable
{
    public const string Seller = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";
    public const ulong Price = 1_000;

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly HttpClient _http = new();
    private NodeProgram _program;

    private FacilitatorUser(NodeProgram program, JsonElement start)
    {
        _program = program;
        Start = start;
    }

    public JsonElement Start { get; private set; }

    public Address Payer => Address.FromKey(_key);

    public HttpFacilitator Facilitator => new(_http, new HttpFacilitatorOptions { Address = Url }, TimeProvider.System);

    public Uri Url => new(Start.GetProperty("url").GetString()!);

    public static Task<FacilitatorUser> StartAsync(TempFolder temp, params string[] more) => StartAsync(temp, new Dictionary<string, string>(), more);

    public static async Task<FacilitatorUser> StartAsync(TempFolder temp, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        NodeProgram program = NodeProgram.Start(environment, ["facilitator", "up", "--json", "--data", temp.Path, .. more]);
        string? line = await program.ReadLineAsync();
        Assert.True(line is not null, line is null ? (await program.EndAsync()).Error : "");
        return new FacilitatorUser(program, JsonDocument.Parse(line!).RootElement);
    }

    /// <summary>The facilitator is stopped and started again on the same folder.</summary>
    public async Task RestartAsync(TempFolder temp)
    {
        await StopAsync();
        await StartAgainAsync(temp);
    }

    /// <summary>The facilitator is killed, without any chance to put things in order, and started again.</summary>
    public async Task KillAndRestartAsync(TempFolder temp)
    {
        await _program.SignalAsync("KILL");
        await _program.EndAsync();
        await StartAgainAsync(temp);
    }

    public async Task StartAgainAsync(TempFolder temp)
    {
        _program.Dispose();
        _program = NodeProgram.Start("facilitator", "up", "--json", "--data", temp.Path);
        Start = JsonDocument.Parse((await _program.ReadLineAsync())!).RootElement;
    }

    public async Task StopAsync()
    {
        await _program.SignalAsync("TERM");
        CliRun end = await _program.EndAsync();
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
    }

    public Task FundAsync(TempFolder temp, ulong amount, string? account = null) => ChainAsync(temp, "devnet_fund", account ?? Payer.ToString(), $"{amount}");

    /// <summary>A method of the devnet's own.</summary>
    public async Task ChainAsync(TempFolder temp, string method, params object[] parameters)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(DevnetInfo.Read(temp.Data)!.Url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        Assert.DoesNotContain("error", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public async Task<ulong> BalanceAsync(TempFolder temp, string account) => (ulong)(await new Eip3009Token(
        new JsonRpcChainClient(_http, DevnetInfo.Read(temp.Data)!.Url), PaymentAsset.BaseSepoliaUsdc.Address).BalanceOfAsync(Address.Parse(account), default)).Value;

    /// <summary>Tells it to stop, and does not wait.</summary>
    public Task TerminateAsync() => _program.SignalAsync("TERM");

    /// <summary>How it ended, after it was told to stop or by itself.</summary>
    public Task<CliRun> EndAsync() => _program.EndAsync();

    /// <summary>A question without a body: status and text.</summary>
    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(Url, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A call to verify or settle, with a payment of its own.</summary>
    /// <param name="extensions">What the seller declares.</param>
    public async Task<FacilitatorCall> CallAsync(string? extensions = null)
    {
        var requirement = new Requirement
        {
            Scheme = Requirement.Exact, Network = Start.GetProperty("network").GetString()!, Amount = $"{Price}", PayTo = Seller,
            Asset = Start.GetProperty("asset").GetString()!, MaxTimeoutSeconds = 60,
            Extra = JsonDocument.Parse("""{"name":"USDC","version":"2"}""").RootElement,
        };
        var signed = await new Eip3009Client(new AuthorizationSigner(_key, TimeProvider.System)).SignAsync(
            requirement, WireVersions.Current, new OfferPolicy { Payee = null, ListedPrice = Price, Cap = Price }, default);
        return new FacilitatorCall
        {
            Resource = new ResourceInfo { Url = "https://shop.example/work?for=somebody" },
            Requirement = requirement,
            Payment = new PaymentPayload
            {
                Scheme = requirement.Scheme, Network = requirement.Network, Accepted = requirement, Payload = signed.Payload!.Value,
                Resource = new ResourceInfo { Url = "https://shop.example/work?for=somebody" },
                Extensions = extensions is null ? null : JsonDocument.Parse(extensions).RootElement,
            },
        };
    }

    public void Dispose()
    {
        _program.Dispose();
        _http.Dispose();
        _key.Dispose();
    }
}
