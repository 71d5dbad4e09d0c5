using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class LogTests
{
    static async Task<TestChain> StartAsync(DevnetOptions? options = null)
    {
        var chain = await TestChain.StartAsync(options);
        await chain.FundAsync(TestKeys.PayerAddress, 100_000); // block 1
        await chain.SettleAsync(TokenSigner.Transfer("a")); // block 2
        await chain.SettleAsync(TokenSigner.Transfer("a")); // block 3, reverts
        await chain.SettleAsync(TokenSigner.Transfer("b", to: TestKeys.SenderAddress)); // block 4
        return chain;
    }

    static async Task<string[]> FindAsync(TestChain chain, string filter) =>
        [.. (await chain.ResultAsync("eth_getLogs", $"[{filter}]"))!.AsArray().Select(log => $"{log!["blockNumber"]}/{log["logIndex"]}")];

    static string Topic(Address address) => TokenTopics.FromAddress(address).ToString();

    [Fact]
    public async Task Ranges()
    {
        await using var chain = await StartAsync();
        Assert.Equal(["0x1/0x0", "0x2/0x0", "0x2/0x1", "0x4/0x0", "0x4/0x1"], await FindAsync(chain, """{"fromBlock":"0x0","toBlock":"latest"}"""));
        Assert.Equal(["0x2/0x0", "0x2/0x1"], await FindAsync(chain, """{"fromBlock":"0x2","toBlock":"0x3"}"""));
        Assert.Equal(["0x4/0x0", "0x4/0x1"], await FindAsync(chain, "{}"));
        Assert.Equal(["0x1/0x0"], await FindAsync(chain, """{"fromBlock":"earliest","toBlock":"0x1"}"""));
        Assert.Equal(["0x4/0x0", "0x4/0x1"], await FindAsync(chain, """{"fromBlock":"0x4","toBlock":"0xffff"}"""));
        Assert.Empty(await FindAsync(chain, """{"fromBlock":"0x5"}"""));
        Assert.Empty(await FindAsync(chain, """{"fromBlock":"0x3","toBlock":"0x2"}"""));
        var hash = (await chain.ResultAsync("eth_getBlockByNumber", "[\"0x2\",false]"))!["hash"]!.GetValue<string>();
        Assert.Equal(["0x2/0x0", "0x2/0x1"], await FindAsync(chain, $$"""{"blockHash":"{{hash}}"}"""));
        Assert.Equal("unknown block", (await chain.ErrorAsync("eth_getLogs", $$"""[{"blockHash":"{{Hash32.Zero}}"}]""")).Message);
    }

    [Fact]
    public async Task Addresses()
    {
        await using var chain = await StartAsync();
        Assert.Equal(5, (await FindAsync(chain, $$"""{"fromBlock":"0x0","address":"{{TestKeys.Usdc}}"}""")).Length);
        Assert.Equal(5, (await FindAsync(chain, $$"""{"fromBlock":"0x0","address":["{{TestKeys.PayerAddress}}","{{TestKeys.Usdc}}"]}""")).Length);
        Assert.Equal(5, (await FindAsync(chain, """{"fromBlock":"0x0","address":null,"topics":null}""")).Length);
        Assert.Empty(await FindAsync(chain, $$"""{"fromBlock":"0x0","address":"{{TestKeys.PayerAddress}}"}"""));
    }

    [Fact]
    public async Task Topics()
    {
        await using var chain = await StartAsync();
        var used = TokenAbi.AuthorizationUsedTopic;
        var transfer = TokenAbi.TransferTopic;
        Assert.Equal(["0x2/0x0", "0x4/0x0"], await FindAsync(chain, $$"""{"fromBlock":"0x0","topics":["{{used}}"]}"""));
        Assert.Equal(["0x4/0x0"], await FindAsync(chain, $$"""{"fromBlock":"0x0","topics":["{{used}}","{{Topic(TestKeys.PayerAddress)}}","{{TestKeys.NonceOf("b")}}"]}"""));
        Assert.Equal(["0x4/0x1"], await FindAsync(chain, $$"""{"fromBlock":"0x0","topics":["{{transfer}}",null,"{{Topic(TestKeys.SenderAddress)}}"]}"""));
        Assert.Equal(["0x2/0x1", "0x4/0x1"], await FindAsync(chain,
            $$"""{"fromBlock":"0x0","topics":[["{{transfer}}"],[],["{{Topic(TestKeys.SenderAddress)}}","{{Topic(TestKeys.SellerAddress)}}"]]}"""));
        Assert.Empty(await FindAsync(chain, $$"""{"fromBlock":"0x0","topics":["{{used}}","{{Topic(TestKeys.SellerAddress)}}"]}"""));
        Assert.Empty(await FindAsync(chain, """{"fromBlock":"0x0","topics":[null,null,null,null]}"""));
    }

    [Fact]
    public async Task An_answer_has_an_end()
    {
        await using var chain = await StartAsync(new DevnetOptions { MaxLogs = 4 });
        Assert.Equal(-32000, (await chain.ErrorAsync("eth_getLogs", """[{"fromBlock":"0x0"}]""")).Code);
        Assert.Equal(4, (await FindAsync(chain, """{"fromBlock":"0x2"}""")).Length);
    }

    [Fact]
    public async Task Logs_are_those_of_the_receipts()
    {
        await using var chain = await StartAsync();
        var logs = (await chain.ResultAsync("eth_getLogs", """[{"fromBlock":"0x4"}]"""))!.AsArray();
        var hash = logs[0]!["transactionHash"]!.GetValue<string>();
        var receipt = (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{hash}\"]"))!;
        Assert.True(JsonNode.DeepEquals(logs, receipt["logs"]));
    }

    static string Named(string block, Hash32 topic, Address authorizer, params string[] nonces) =>
        $$"""{{{block}}"topics":["{{topic}}","{{Topic(authorizer)}}",[{{string.Join(',', nonces.Select(nonce => $"\"{TestKeys.NonceOf(nonce)}\""))}}]]}""";

    [Fact]
    public async Task Authorisations_that_are_named_are_found_by_name_within_the_range()
    {
        await using var chain = await StartAsync();
        var used = TokenAbi.AuthorizationUsedTopic;
        const string All = "\"fromBlock\":\"0x0\",";
        Assert.Equal(["0x2/0x0", "0x4/0x0"], await FindAsync(chain, Named(All, used, TestKeys.PayerAddress, "b", "a", "b", "never")));
        Assert.Equal(["0x4/0x0"], await FindAsync(chain, Named("", used, TestKeys.PayerAddress, "a", "b")));
        Assert.Equal(["0x2/0x0"], await FindAsync(chain, Named("\"fromBlock\":\"0x0\",\"toBlock\":\"0x3\",", used, TestKeys.PayerAddress, "a", "b")));
        Assert.Empty(await FindAsync(chain, Named("\"fromBlock\":\"0x3\",\"toBlock\":\"0x3\",", used, TestKeys.PayerAddress, "a", "b")));
        Assert.Empty(await FindAsync(chain, Named(All, used, TestKeys.SellerAddress, "a")));
        Assert.Empty(await FindAsync(chain, Named(All, TokenAbi.AuthorizationCanceledTopic, TestKeys.PayerAddress, "a")));
    }

    [Fact]
    public async Task Transfers_between_two_who_are_named_are_no_authorisations()
    {
        await using var chain = await StartAsync();
        Assert.Equal(["0x2/0x1"], await FindAsync(chain,
            $$"""{"fromBlock":"0x0","topics":["{{TokenAbi.TransferTopic}}","{{Topic(TestKeys.PayerAddress)}}","{{Topic(TestKeys.SellerAddress)}}"]}"""));
    }

    [Fact]
    public async Task A_topic_that_is_no_address_names_nobody()
    {
        await using var chain = await StartAsync();
        Assert.Empty(await FindAsync(chain,
            $$"""{"fromBlock":"0x0","topics":["{{TokenAbi.AuthorizationUsedTopic}}","{{TestKeys.NonceOf("a")}}","{{TestKeys.NonceOf("a")}}"]}"""));
    }

    [Fact]
    public async Task What_a_reorganisation_took_back_is_not_found_by_name_either()
    {
        await using var chain = await StartAsync();
        const string All = "\"fromBlock\":\"0x0\",";
        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":1,"transactions":"vanish"}]""");
        await chain.ResultAsync("devnet_mine");
        Assert.Equal(["0x2/0x0"], await FindAsync(chain, Named(All, TokenAbi.AuthorizationUsedTopic, TestKeys.PayerAddress, "a", "b")));
        await chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("b"), nonce: 2));
        Assert.Equal(2, (await FindAsync(chain, Named(All, TokenAbi.AuthorizationUsedTopic, TestKeys.PayerAddress, "a", "b"))).Length);
    }
}
