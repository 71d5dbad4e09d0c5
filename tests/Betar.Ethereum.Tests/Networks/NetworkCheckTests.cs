using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Networks;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Networks;

public sealed class NetworkCheckTests
{
    static ChainNetwork Devnet => NetworkCatalog.BuiltIn.TryFind("devnet", out var network) ? network : throw new InvalidOperationException();

    [Fact]
    public async Task The_devnet_agrees()
    {
        var verdict = await CheckAsync(Devnet);

        Assert.True(verdict.Agrees, verdict.Detail);
        Assert.Equal(("", "", false), (verdict.Code, verdict.Detail, verdict.IsRetryable));
    }

    [Fact]
    public async Task Another_chain_is_told() =>
        AssertDiffers(await CheckAsync(Devnet with { ChainId = 84531 }), NetworkMismatch.ChainId, "network_chain_id_mismatch", "chain 84532");

    [Fact]
    public async Task An_address_without_a_contract_is_told() =>
        AssertDiffers(await CheckAsync(Devnet with { Usdc = TestKeys.SellerAddress }), NetworkMismatch.NoToken, "network_token_not_deployed", $"{TestKeys.SellerAddress}");

    [Fact]
    public async Task The_name_of_the_main_network_is_told() =>
        AssertDiffers(await CheckAsync(Devnet with { DomainName = "USD Coin" }), NetworkMismatch.TokenName, "network_token_name_mismatch", "name is USDC, configured is USD Coin");

    [Fact]
    public async Task Another_version_is_told() =>
        AssertDiffers(await CheckAsync(Devnet with { DomainVersion = "1" }), NetworkMismatch.TokenVersion, "network_token_version_mismatch", "version is 2");

    [Fact]
    public async Task Other_decimals_are_told() =>
        AssertDiffers(await CheckAsync(Devnet with { Decimals = 18 }), NetworkMismatch.TokenDecimals, "network_token_decimals_mismatch", "decimals is 6");

    [Fact]
    public async Task A_domain_that_does_not_fit_its_own_parts_is_told()
    {
        var verdict = await CheckAsync(Devnet, (method, reply) => method == "0x3644e515" ? $"0x{new string('1', 64)}" : null);

        AssertDiffers(verdict, NetworkMismatch.DomainSeparator, "network_domain_separator_mismatch", "DOMAIN_SEPARATOR");
    }

    [Fact]
    public async Task A_contract_of_another_kind_is_told()
    {
        var verdict = await CheckAsync(Devnet, (method, reply) => method == "0x54fd4d50" ? "0x" : null);

        AssertDiffers(verdict, NetworkMismatch.NotTheInterface, "network_token_not_usdc", "version");
    }

    [Fact]
    public async Task A_revert_is_the_contracts_word()
    {
        using var http = new HttpClient(new ScriptedHandler(body => Answer(body, new JsonObject { ["code"] = -32000, ["message"] = "execution reverted" })));

        AssertDiffers(await CheckAsync(http), NetworkMismatch.NotTheInterface, "network_token_not_usdc", "execution reverted");
    }

    [Fact]
    public async Task A_busy_node_is_no_wrong_configuration()
    {
        using var http = new HttpClient(new ScriptedHandler(body => Answer(body, new JsonObject { ["code"] = -32005, ["message"] = "limit exceeded" })));
        var verdict = await CheckAsync(http);

        AssertDiffers(verdict, NetworkMismatch.ChainUnavailable, "network_unavailable", "limit exceeded");
        Assert.True(verdict.IsRetryable);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_no_wrong_configuration()
    {
        using var http = new HttpClient(new ScriptedHandler((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError)));
        var verdict = await CheckAsync(http);

        AssertDiffers(verdict, NetworkMismatch.ChainUnavailable, "network_unavailable", "cannot be reached");
        Assert.True(verdict.IsRetryable);
    }

    [Fact]
    public async Task A_foreign_name_does_not_reach_the_terminal_as_it_is()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { TokenName = "\u001b[2J" });
        using var http = new HttpClient(new DevnetHandler(chain.Chain));
        var verdict = await CheckAsync(http);

        AssertDiffers(verdict, NetworkMismatch.TokenName, "network_token_name_mismatch", "cannot be shown");
    }

    [Fact]
    public void Every_mismatch_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<NetworkMismatch>().Select(mismatch => new NetworkVerdict(mismatch, "").Code).ToList();

        Assert.Equal(codes.Count, codes.Distinct(StringComparer.Ordinal).Count());
    }

    static void AssertDiffers(NetworkVerdict verdict, NetworkMismatch mismatch, string code, string detail)
    {
        Assert.Equal((mismatch, code, false), (verdict.Mismatch, verdict.Code, verdict.Agrees));
        Assert.Contains(detail, verdict.Detail, StringComparison.Ordinal);
    }

    /// <summary>On a devnet; calls to the token may get another result, by selector.</summary>
    static async Task<NetworkVerdict> CheckAsync(ChainNetwork network, Func<string, JsonNode, string?>? change = null)
    {
        await using var chain = await TestChain.StartAsync();
        using var http = new HttpClient(new ScriptedHandler(async (body, cancellationToken) =>
        {
            var asked = JsonNode.Parse(body)!;
            var reply = await chain.PostAsync(body, cancellationToken);
            foreach (var (question, answer) in Pairs(asked, reply))
            {
                if (question["method"]!.GetValue<string>() == "eth_call" && change?.Invoke(question["params"]![0]!["data"]!.GetValue<string>()[..10], answer) is { } result)
                    answer["result"] = result;
            }

            return ScriptedHandler.Text(reply.ToJsonString());
        }));
        return await NetworkCheck.CheckAsync(new JsonRpcChainClient(http, new Uri("http://node")), network, default);
    }

    static Task<NetworkVerdict> CheckAsync(HttpClient http) =>
        NetworkCheck.CheckAsync(new JsonRpcChainClient(http, new Uri("http://node")), Devnet, default);

    static IEnumerable<(JsonNode Question, JsonNode Answer)> Pairs(JsonNode asked, JsonNode reply) => asked is JsonArray questions
        ? questions.Select(question => (question!, reply.AsArray().First(answer => answer!["id"]!.GetValue<int>() == question!["id"]!.GetValue<int>())!))
        : [(asked, reply)];

    /// <summary>The chain and the code are there; calls to the token get the error.</summary>
    static string Answer(string body, JsonObject error)
    {
        var asked = JsonNode.Parse(body)!;
        var answers = (asked as JsonArray ?? [asked.DeepClone()]).Select(question => new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = question!["id"]!.DeepClone(),
            [question["method"]!.GetValue<string>() == "eth_call" ? "error" : "result"] = question["method"]!.GetValue<string>() switch
            {
                "eth_call" => error.DeepClone(),
                "eth_chainId" => "0x14a34",
                _ => "0x60",
            },
        }).ToArray<JsonNode>();
        return (asked is JsonArray ? new JsonArray(answers) : answers[0]).ToJsonString();
    }
}
