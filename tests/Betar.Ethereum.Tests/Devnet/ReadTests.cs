using System.Text.Json.Nodes;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class ReadTests
{
    static readonly string _account = $"\"{TestKeys.SenderAddress}\"";

    [Fact]
    public async Task The_token_says_who_it_is()
    {
        await using var chain = await TestChain.StartAsync();
        Assert.Equal("USDC", Text(await chain.CallAsync([0x06, 0xfd, 0xde, 0x03])));
        Assert.Equal("2", Text(await chain.CallAsync([0x54, 0xfd, 0x4d, 0x50])));
        Assert.Equal(6, (await chain.CallAsync([0x31, 0x3c, 0xe5, 0x67]))[31]);
        Assert.Equal(
            "0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818",
            TestChain.Hex(await chain.CallAsync([0x36, 0x44, 0xe5, 0x15])));
        await chain.FundAsync(TestKeys.PayerAddress, 70);
        await chain.FundAsync(TestKeys.SellerAddress, 7);
        Assert.Equal((UInt256)77UL, UInt256.ReadBigEndian(await chain.CallAsync([0x18, 0x16, 0x0d, 0xdd])));

        static string Text(byte[] data)
        {
            Assert.True(new AbiReader(data).TryReadString(100, out var text));
            return text;
        }
    }

    [Fact]
    public async Task Only_the_token_has_code_and_nobody_has_ether()
    {
        await using var chain = await TestChain.StartAsync();
        Assert.NotEqual("0x", (await chain.ResultAsync("eth_getCode", $"[\"{TestKeys.Usdc}\",\"latest\"]"))!.GetValue<string>());
        Assert.Equal("0x", (await chain.ResultAsync("eth_getCode", $"[{_account},\"latest\"]"))!.GetValue<string>());
        Assert.Equal("0x0", (await chain.ResultAsync("eth_getBalance", $"[{_account},\"latest\"]"))!.GetValue<string>());
        Assert.Equal("0x0", (await chain.ResultAsync("eth_gasPrice"))!.GetValue<string>());
        Assert.Equal("0x0", (await chain.ResultAsync("eth_maxPriorityFeePerGas"))!.GetValue<string>());
    }

    [Fact]
    public async Task A_call_to_an_account_without_code_does_nothing()
    {
        await using var chain = await TestChain.StartAsync();
        Assert.Equal("0x", (await chain.ResultAsync("eth_call", $$"""[{"to":{{_account}},"data":"0x1234"}]"""))!.GetValue<string>());
        Assert.Equal(21_000UL, TestChain.Quantity(await chain.ResultAsync("eth_estimateGas", $$"""[{"to":{{_account}}}]""")));
        var receipt = (await chain.SendSyncAsync(chain.Transaction(default, to: TestKeys.SenderAddress)))["result"]!;
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        Assert.Equal("0x5208", receipt["gasUsed"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("pending")]
    [InlineData("safe")]
    [InlineData("finalized")]
    [InlineData("0x2")]
    public async Task State_is_known_for_the_head(string block)
    {
        await using var chain = await TestChain.StartAsync();
        await chain.ResultAsync("devnet_mine", "[2]");
        Assert.Equal("0x0", (await chain.ResultAsync("eth_getTransactionCount", $"[{_account},\"{block}\"]"))!.GetValue<string>());
        Assert.Equal("0x2", (await chain.ResultAsync("eth_getBlockByNumber", $"[\"{block}\",false]"))!["number"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("0x1", "not kept")]
    [InlineData("earliest", "not kept")]
    [InlineData("0x3", "header not found")]
    public async Task State_of_other_blocks_is_refused(string block, string reason)
    {
        await using var chain = await TestChain.StartAsync();
        await chain.ResultAsync("devnet_mine", "[2]");
        foreach (var method in new[] { "eth_getTransactionCount", "eth_getBalance", "eth_getCode" })
            Assert.Contains(reason, (await chain.ErrorAsync(method, $"[{_account},\"{block}\"]")).Message, StringComparison.Ordinal);
        foreach (var method in new[] { "eth_call", "eth_estimateGas" })
            Assert.Contains(reason, (await chain.ErrorAsync(method, $$"""[{"to":{{_account}}},"{{block}}"]""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eth_getTransactionCount", "[]")]
    [InlineData("eth_getTransactionCount", "[\"0x12\"]")]
    [InlineData("eth_getTransactionCount", "[\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",\"soon\"]")]
    [InlineData("eth_getTransactionCount", "[\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",7]")]
    [InlineData("eth_getBalance", "[null]")]
    [InlineData("eth_getCode", "[{}]")]
    [InlineData("eth_getBlockByNumber", "[]")]
    [InlineData("eth_getBlockByNumber", "[\"latest\",\"yes\"]")]
    [InlineData("eth_getTransactionReceipt", "[\"0x00\"]")]
    [InlineData("eth_getTransactionByHash", "[]")]
    [InlineData("eth_call", "[]")]
    [InlineData("eth_call", "[\"0x\"]")]
    [InlineData("eth_call", "[{\"to\":\"0x12\"}]")]
    [InlineData("eth_call", "[{\"data\":\"0x123\"}]")]
    [InlineData("eth_call", "[{\"from\":5}]")]
    [InlineData("eth_call", "[{},\"soon\"]")]
    [InlineData("eth_estimateGas", "[]")]
    [InlineData("eth_getLogs", "[]")]
    [InlineData("eth_getLogs", "[{\"fromBlock\":\"soon\"}]")]
    [InlineData("eth_getLogs", "[{\"toBlock\":1}]")]
    [InlineData("eth_getLogs", "[{\"blockHash\":\"0x1\"}]")]
    [InlineData("eth_getLogs", "[{\"address\":\"0x1\"}]")]
    [InlineData("eth_getLogs", "[{\"address\":[\"0x1\"]}]")]
    [InlineData("eth_getLogs", "[{\"topics\":\"0x1\"}]")]
    [InlineData("eth_getLogs", "[{\"topics\":[\"0x1\"]}]")]
    [InlineData("eth_getLogs", "[{\"topics\":[[\"0x1\"]]}]")]
    [InlineData("eth_getLogs", "[{\"topics\":[null,null,null,null,null]}]")]
    [InlineData("devnet_fund", "[]")]
    [InlineData("devnet_fund", "[\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",5]")]
    [InlineData("devnet_fund", "[\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",\"1.5\"]")]
    [InlineData("devnet_fund", "[\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",\"-1\"]")]
    [InlineData("devnet_fund", "[\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",\"0\"]")]
    [InlineData("devnet_fund", "[\"0x0000000000000000000000000000000000000000\",\"1\"]")]
    [InlineData("devnet_mine", "[0]")]
    [InlineData("devnet_mine", "[10001]")]
    [InlineData("devnet_mine", "[\"many\"]")]
    public async Task Parameters_that_are_none_are_refused(string method, string parameters)
    {
        await using var chain = await TestChain.StartAsync();
        Assert.Equal(-32602, (await chain.ErrorAsync(method, parameters)).Code);
        Assert.Equal(0UL, await chain.HeightAsync());
    }

    [Fact]
    public async Task Blocks_are_chained_and_timed()
    {
        await using var chain = await TestChain.StartAsync();
        var start = chain.Time.Seconds;
        await chain.ResultAsync("devnet_mine");
        chain.Time.Advance(TimeSpan.FromSeconds(7));
        await chain.ResultAsync("devnet_mine");
        var blocks = new List<JsonNode>();
        for (var number = 0; number <= 2; number++)
            blocks.Add((await chain.ResultAsync("eth_getBlockByNumber", $"[\"0x{number:x}\",false]"))!);
        Assert.Equal(Hash32.Zero.ToString(), blocks[0]["parentHash"]!.GetValue<string>());
        Assert.Equal(blocks[0]["hash"]!.GetValue<string>(), blocks[1]["parentHash"]!.GetValue<string>());
        Assert.Equal(blocks[1]["hash"]!.GetValue<string>(), blocks[2]["parentHash"]!.GetValue<string>());
        Assert.Equal([start, start, start + 7], blocks.Select(block => TestChain.Quantity(block["timestamp"])));
        Assert.Null(await chain.ResultAsync("eth_getBlockByNumber", "[\"0x3\",false]"));
    }

    [Fact]
    public async Task A_transaction_is_shown_while_it_waits_and_after()
    {
        await using var chain = await TestChain.StartAsync();
        var waiting = chain.Transaction(new byte[] { 0xab }, nonce: 1);
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(waiting));
        var shown = (await chain.ResultAsync("eth_getTransactionByHash", $"[\"{waiting.Hash}\"]"))!;
        Assert.Null(shown["blockHash"]);
        Assert.Equal("0xab", shown["input"]!.GetValue<string>());
        Assert.Equal("0x1", shown["nonce"]!.GetValue<string>());
        Assert.Equal("0x2", shown["type"]!.GetValue<string>());
        Assert.Equal(TestKeys.SenderAddress.ToLowerHex(), shown["from"]!.GetValue<string>());

        await chain.SendSyncAsync(chain.Transaction(default, nonce: 0));
        shown = (await chain.ResultAsync("eth_getTransactionByHash", $"[\"{waiting.Hash}\"]"))!;
        Assert.Equal("0x1", shown["blockNumber"]!.GetValue<string>());
        var block = (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",true]"))!;
        Assert.True(JsonNode.DeepEquals(shown, block["transactions"]![1]));
        Assert.Null(await chain.ResultAsync("eth_getTransactionByHash", $"[\"{Hash32.Zero}\"]"));
        Assert.Null(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{Hash32.Zero}\"]"));
    }

    [Fact]
    public async Task The_faucet_gives_with_receipt_and_log()
    {
        await using var chain = await TestChain.StartAsync();
        var receipt = (await chain.ResultAsync("devnet_fund", $"[\"{TestKeys.PayerAddress}\",\"115792089237316195423570985\"]"))!;
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        Assert.Equal("0x7e", receipt["type"]!.GetValue<string>());
        var log = Assert.Single(receipt["logs"]!.AsArray())!;
        Assert.Equal(Hash32.Zero.ToString(), log["topics"]![1]!.GetValue<string>());
        Assert.Equal("115792089237316195423570985", (await chain.BalanceAsync(TestKeys.PayerAddress)).ToString());
        var hash = receipt["transactionHash"]!.GetValue<string>();
        Assert.Equal("0x7e", (await chain.ResultAsync("eth_getTransactionByHash", $"[\"{hash}\"]"))!["type"]!.GetValue<string>());
        Assert.Equal("execution reverted: FiatTokenV2_2: Balance exceeds (2^255 - 1)", (await chain.ErrorAsync(
            "devnet_fund", $"[\"{TestKeys.PayerAddress}\",\"57896044618658097711785492504343953926634992332820282019728792003956564819967\"]")).Message);
        await chain.ResultAsync("devnet_fund", $"[\"{TestKeys.SellerAddress}\",\"57896044618658097711785492504343953926634992332820282019728792003956564819967\"]");
        Assert.Equal("execution reverted: SafeMath: addition overflow", (await chain.ErrorAsync(
            "devnet_fund", $"[\"{TestKeys.SenderAddress}\",\"57896044618658097711785492504343953926634992332820282019728792003956564819968\"]")).Message);
        Assert.NotNull(await chain.ResultAsync("devnet_status"));
    }
}
