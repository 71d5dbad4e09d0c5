using System.Text;
using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class ProtocolTests
{
    [Theory]
    [InlineData("", -32700)]
    [InlineData("   ", -32700)]
    [InlineData("{", -32700)]
    [InlineData("nonsense", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"} trailing", -32700)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("17", -32600)]
    [InlineData("\"text\"", -32600)]
    [InlineData("null", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("{\"id\":1}", -32600)]
    [InlineData("{\"id\":1,\"method\":5}", -32600)]
    [InlineData("{\"id\":1,\"method\":{\"a\":[1]}}", -32600)]
    [InlineData("{\"id\":1,\"method\":\"eth_chainId\",\"params\":{}}", -32600)]
    [InlineData("{\"id\":1,\"method\":\"eth_chainId\",\"params\":7}", -32600)]
    [InlineData("{\"id\":{},\"method\":\"eth_chainId\"}", -32600)]
    [InlineData("{\"id\":true,\"method\":\"eth_chainId\"}", -32600)]
    [InlineData("{\"id\":1,\"method\":\"eth_unknown\"}", -32601)]
    [InlineData("{\"id\":1,\"method\":\"\"}", -32601)]
    [InlineData("{\"id\":1,\"method\":\"<b>\"}", -32601)]
    [InlineData("{\"id\":1,\"method\":\"\\ud800\"}", -32601)]
    [InlineData("{\"\\ud800\":1,\"id\":1,\"method\":\"eth_nothing\"}", -32601)]
    public async Task Bodies_that_are_no_good_requests_get_one_error(string body, int code)
    {
        await using var chain = await TestChain.StartAsync();
        var reply = await chain.PostAsync(body);
        Assert.Equal(code, reply["error"]!["code"]!.GetValue<int>());
        Assert.Equal("2.0", reply["jsonrpc"]!.GetValue<string>());
        Assert.DoesNotContain("<b>", reply["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-7")]
    [InlineData("\"a string\"")]
    [InlineData("\"esc\\u0041ped \\\"\"")]
    [InlineData("null")]
    [InlineData("123456789012345678901234567890")]
    public async Task Ids_come_back_as_they_were(string id)
    {
        await using var chain = await TestChain.StartAsync();
        var (_, text) = await chain.PostAsync(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{id}},"method":"eth_chainId"}"""));
        Assert.Equal($$"""{"jsonrpc":"2.0","id":{{id}},"result":"0x14a34"}""", text);
    }

    [Fact]
    public async Task A_batch_is_answered_in_order_each_fault_for_itself()
    {
        await using var chain = await TestChain.StartAsync();
        var replies = (await chain.PostAsync("""
            [{"id":"a","method":"eth_chainId"}, 5, {"id":2,"method":"net_version","params":[]}, {"method":"eth_chainId"},
             {"id":3,"method":"eth_nothing"}, {"id":4,"method":"eth_getBalance","params":["short"]}]
            """)).AsArray();
        Assert.Equal(5, replies.Count);
        Assert.Equal("0x14a34", replies[0]!["result"]!.GetValue<string>());
        Assert.Equal(-32600, replies[1]!["error"]!["code"]!.GetValue<int>());
        Assert.Null(replies[1]!["id"]);
        Assert.Equal("84532", replies[2]!["result"]!.GetValue<string>());
        Assert.Equal(-32601, replies[3]!["error"]!["code"]!.GetValue<int>());
        Assert.Equal(-32602, replies[4]!["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Notifications_are_carried_out_and_not_answered()
    {
        await using var chain = await TestChain.StartAsync();
        Assert.Equal((DevnetAnswer.Empty, ""), await chain.PostAsync("""{"jsonrpc":"2.0","method":"devnet_mine"}"""u8.ToArray()));
        Assert.Equal((DevnetAnswer.Empty, ""), await chain.PostAsync("""[{"method":"devnet_mine"},{"method":"devnet_mine"}]"""u8.ToArray()));
        Assert.Equal(3UL, await chain.HeightAsync());
    }

    [Fact]
    public async Task Batches_and_bodies_have_an_end()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { MaxBatch = 3, MaxRequestBytes = 2048 });
        const string One = """{"id":1,"method":"eth_chainId"}""";
        Assert.Equal(3, (await chain.PostAsync($"[{One},{One},{One}]")).AsArray().Count);
        Assert.Equal(-32600, (await chain.PostAsync($"[{One},{One},{One},{One}]"))["error"]!["code"]!.GetValue<int>());
        Assert.Equal(-32600, (await chain.PostAsync(One + new string(' ', 2048)))["error"]!["code"]!.GetValue<int>());
        Assert.Equal(-32700, (await chain.PostAsync(new string('[', 2000)))["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Damaged_bodies_always_get_a_well_formed_answer()
    {
        await using var chain = TestChain.Over(new MemoryFile());
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        var transaction = chain.Settlement(TokenSigner.Transfer("a"));
        var body = Encoding.UTF8.GetBytes($$"""
            [{"jsonrpc":"2.0","id":1,"method":"eth_call","params":{{TestChain.CallParameters(Eip3009Token.EncodeBalanceOf(TestKeys.PayerAddress))}}},
             {"jsonrpc":"2.0","id":2,"method":"eth_getLogs","params":[{"fromBlock":"latest","address":["{{TestKeys.Usdc}}"],"topics":[null,["{{Hash32.Zero}}"]]}]},
             {"jsonrpc":"2.0","id":"x","method":"eth_getBlockByNumber","params":["latest",true]},
             {"jsonrpc":"2.0","id":3,"method":"eth_sendRawTransaction","params":{{TestChain.Raw(transaction)}}},
             {"jsonrpc":"2.0","id":4,"method":"devnet_fund","params":["{{TestKeys.PayerAddress}}","1"]},
             {"jsonrpc":"2.0","id":5,"method":"eth_getTransactionCount","params":["{{TestKeys.PayerAddress}}","0x0"]}]
            """);
        Fuzz.Mutate(body, 1_500, seed: 20, bytes =>
        {
            var (answer, text) = chain.PostAsync(bytes).GetAwaiter().GetResult();
            if (answer == DevnetAnswer.Body && Encoding.UTF8.GetString(bytes).IndexOf('\ufffd', StringComparison.Ordinal) < 0)
                Assert.NotNull(JsonNode.Parse(text));
        });
        Assert.True(await chain.HeightAsync() > 0);
    }
}
