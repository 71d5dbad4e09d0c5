using System.Text.Json.Nodes;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class SettlementTests
{
    const string TransferTopic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    const string UsedTopic = "0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5";

    [Fact]
    public async Task A_settlement_moves_the_money_and_leaves_receipt_and_logs()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5000);

        var transaction = chain.Settlement(TokenSigner.Transfer("a", value: 1200));
        var receipt = (await chain.SendSyncAsync(transaction))["result"]!;

        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        Assert.Equal(transaction.Hash.ToString(), receipt["transactionHash"]!.GetValue<string>());
        Assert.Equal(TestKeys.SenderAddress.ToLowerHex(), receipt["from"]!.GetValue<string>());
        var logs = receipt["logs"]!.AsArray();
        Assert.Equal([UsedTopic, TransferTopic], logs.Select(log => log!["topics"]![0]!.GetValue<string>()));
        Assert.Equal(TestKeys.NonceOf("a").ToString(), logs[0]!["topics"]![2]!.GetValue<string>());
        Assert.Equal(1200UL, (ulong)UInt256.ReadBigEndian(TestChain.FromHex(logs[1]!["data"]!)));
        Assert.Equal((UInt256)3800UL, await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.Equal((UInt256)1200UL, await chain.BalanceAsync(TestKeys.SellerAddress));
        Assert.True(await chain.IsUsedAsync("a"));
        Assert.False(await chain.IsUsedAsync("b"));
        Assert.Equal(1UL, await chain.NonceAsync());
        var again = await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]");
        Assert.True(JsonNode.DeepEquals(receipt, again));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("null")]
    public async Task A_synchronous_send_without_a_usable_time_waits_as_long_as_the_chain_says(string milliseconds)
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 1_000);
        var raw = TestChain.Hex(chain.Settlement(TokenSigner.Transfer("a")).Raw.Span);

        var receipt = await chain.ResultAsync("eth_sendRawTransactionSync", $"[\"{raw}\",{milliseconds}]");

        Assert.Equal("0x1", receipt!["status"]!.GetValue<string>());
    }
}
