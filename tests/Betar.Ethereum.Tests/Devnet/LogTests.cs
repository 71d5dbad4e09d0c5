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
}
